package dev.backprop.dataset.intake;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.RejectedRows;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// Reads CSV (RFC 4180) as a stream into columns.
///
/// Empty lines are skipped, spaces around fields without quotes are cut off. Bad rows are
/// collected; only what makes the rest of the file unreadable ends the reading.
final class CsvDatasetReader {

  private final DatasetProperties limits;

  CsvDatasetReader(DatasetProperties limits) {
    this.limits = limits;
  }

  /// The table of a file.
  ///
  /// @throws ProblemException with all errors of the file, or over a limit
  /// @throws IOException if the stream fails
  FileTable read(InputStream in, CsvOptions options) throws IOException {
    FileErrors errors = new FileErrors(options.skipBadRows());
    TableBuilder table = new TableBuilder(limits, options.types(), errors);
    InputStream limited = new LimitedInputStream(in, limits.maxUpload().toBytes());
    try (TextReader text = new TextReader(limited, options.encoding(), options.charset())) {
      read(text, options, table, errors);
    } catch (UnreadableTextException e) {
      errors.addToFile(InputError.inLine(e.line(), null, String.valueOf(e.getMessage())));
    }
    RejectedRows rejected = errors.settle(table.rows());
    return new FileTable(null, table.takeTable(), rejected);
  }

  private static void read(
      TextReader text, CsvOptions options, TableBuilder table, FileErrors errors)
      throws IOException {
    Character given = options.delimiter();
    char delimiter = given == null ? Delimiters.of(text.peek(), options.quote()) : given;
    CsvTable records =
        new CsvTable(table, errors, options.header(), decimalMarks(options, delimiter));
    try {
      readRecords(text, delimiter, options.quote(), records);
      records.finish();
    } catch (CsvParseException e) {
      errors.addToFile(InputError.inLine(records.line(), records.columnName(), unreadable(e)));
    }
  }

  /// Those that the file can have.
  private static List<DecimalMark> decimalMarks(CsvOptions options, char delimiter) {
    DecimalMark given = options.decimal();
    if (given != null) {
      return List.of(given);
    }
    return delimiter == ','
        ? List.of(DecimalMark.POINT)
        : List.of(DecimalMark.POINT, DecimalMark.COMMA);
  }

  private static void readRecords(TextReader text, char delimiter, char quote, CsvTable table)
      throws IOException {
    try (CsvReader<CsvTable> reader = CsvText.records(text, delimiter, quote, table)) {
      reader.forEach(_ -> {});
    } catch (CsvParseException | UncheckedIOException e) {
      switch (e.getCause()) { // the library wraps what its source and its handler throw
        case IOException cause -> throw cause;
        case ProblemException cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  private static String unreadable(CsvParseException e) {
    String remedy = "if quotes are part of the texts send ?quote=none";
    return switch (CsvText.Fault.of(e)) {
      case LONG_FIELD -> CsvText.unreadable(e);
      case OPEN_QUOTE -> CsvText.unreadable(e) + "; " + remedy;
      case TEXT_AFTER_QUOTE ->
          CsvText.unreadable(e) + "; a quote within quotes is written twice, and " + remedy;
    };
  }
}
