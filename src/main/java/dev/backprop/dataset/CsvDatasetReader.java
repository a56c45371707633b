package dev.backprop.dataset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Reads CSV (RFC 4180) as a stream of UTF-8 into columns.
///
/// Empty lines are skipped, spaces around fields without quotes are cut off. Bad lines are
/// collected; only what makes the rest of the file unreadable ends the reading.
final class CsvDatasetReader {

  static final int MAX_FIELD = 1 << 18;
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  private final DatasetProperties limits;

  CsvDatasetReader(DatasetProperties limits) {
    this.limits = limits;
  }

  /// The table of a file.
  ///
  /// @throws ProblemException with all errors of the file, or over a limit
  /// @throws IOException if the stream fails
  Table read(InputStream in, CsvOptions options) throws IOException {
    InputErrors errors = new InputErrors();
    CsvTable table = new CsvTable(limits, options.types(), errors);
    try {
      Utf8Reader text = new Utf8Reader(new LimitedInputStream(in, limits.maxUpload().toBytes()));
      Character given = options.delimiter();
      readRecords(text, given == null ? delimiterOf(text.peekFirstLine()) : given, table);
      table.finish();
    } catch (UnreadableTextException e) {
      errors.add(InputError.inLine(e.line(), null, String.valueOf(e.getMessage())));
    } catch (CsvParseException e) {
      errors.add(InputError.inLine(table.line(), null, unreadable(e)));
    }
    errors.throwIfAny(ProblemType.INVALID_DATA);
    return table.takeTable();
  }

  private static void readRecords(Utf8Reader text, char delimiter, CsvTable table)
      throws IOException {
    try (CsvReader<CsvTable> reader = CsvText.records(text, delimiter, table)) {
      reader.forEach(_ -> {});
    } catch (CsvParseException | UncheckedIOException e) {
      switch (e.getCause()) { // the library wraps what its source and its handler throw
        case IOException cause -> throw cause;
        case ProblemException cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  /// The delimiter that the first line has most of outside quotes; a comma if it has none.
  static char delimiterOf(String line) {
    char best = DELIMITERS[0];
    int most = 0;
    for (char delimiter : DELIMITERS) {
      int count = 0;
      boolean quoted = false;
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        quoted ^= c == '"';
        if (c == delimiter && !quoted) {
          count++;
        }
      }
      if (count > most) {
        most = count;
        best = delimiter;
      }
    }
    return best;
  }

  static String unreadable(CsvParseException e) {
    return String.valueOf(e.getMessage()).contains("buffer")
        ? "a field has more than %d characters; is a quote left open?".formatted(MAX_FIELD)
        : "a quoted field of the record that begins here is not closed, or text follows its closing quote";
  }
}
