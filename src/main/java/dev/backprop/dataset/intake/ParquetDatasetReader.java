package dev.backprop.dataset.intake;

import dev.backprop.dataset.DatasetProperties;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import dev.hardwood.HardwoodContext;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads Parquet into columns.
///
/// The format is read from its end, so the upload goes into a temporary file first, which is
/// deleted in any case.
final class ParquetDatasetReader {

  static {
    // else the library unpacks gzip with whatever libdeflate the system has, outside of Java's
    // checks
    System.setProperty("hardwood.uselibdeflate", "false");
  }

  private final DatasetProperties limits;

  ParquetDatasetReader(DatasetProperties limits) {
    this.limits = limits;
  }

  /// The table of a file.
  ///
  /// @throws ProblemException with all errors of the file, or over a limit
  /// @throws IOException if the stream or the temporary file fails
  Table read(InputStream in, CsvOptions options) throws IOException {
    Path file = Files.createTempFile("upload-", ".parquet");
    try {
      copy(new LimitedInputStream(in, limits.maxUpload().toBytes()), file);
      return read(file, options);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void copy(InputStream in, Path file) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        write(out, buffer, read);
      }
    }
  }

  private static void write(OutputStream out, byte[] buffer, int length) {
    try {
      out.write(buffer, 0, length);
    } catch (IOException e) {
      throw new ProblemException(
          ProblemType.INSUFFICIENT_STORAGE,
          "The directory for temporary files cannot take the file: " + e.getMessage());
    }
  }

  /// The library answers a damaged file with many kinds of exceptions, so all of them mean that.
  private Table read(Path path, CsvOptions options) {
    try (InputFile file = InputFile.of(path)) {
      file.open();
      ParquetFooter.check(file);
      try (HardwoodContext context = HardwoodContext.create(1);
          ParquetFileReader reader = ParquetFileReader.open(file, context)) {
        InputErrors errors = new InputErrors();
        TypedColumns columns = new TypedColumns(limits, options.types());
        new ParquetTable(file, reader, columns, errors).read();
        errors.throwIfAny(ProblemType.INVALID_DATA);
        return columns.build();
      }
    } catch (ProblemException e) {
      throw e;
    } catch (DamagedParquetException e) {
      throw unreadable(String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException _) {
      throw unreadable("it is damaged");
    }
  }

  private static ProblemException unreadable(String reason) {
    InputErrors errors = new InputErrors();
    errors.add(new InputError(null, null, null, "the file cannot be read as Parquet: " + reason));
    return errors.toProblem(ProblemType.INVALID_DATA);
  }
}
