package dev.backprop.inference;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.RecordType;
import dev.backprop.dataset.intake.CsvCell;
import dev.backprop.dataset.intake.CsvText;
import dev.backprop.dataset.intake.UnreadableTextException;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads rows of CSV whose header names the features in any order.
final class CsvRows extends AbstractBaseCsvCallbackHandler<CsvRows> implements RowSource {

  private final InputStream in;
  private final RawRows rows;
  private final CsvHeader header;
  private final int longestLine;
  private @Nullable CloseableIterator<CsvRows> records;
  private long line = 1;
  private long characters;
  private boolean row;

  /// @param rows take what is read
  /// @param longestLine characters that a row may have
  CsvRows(InputStream in, RawRows rows, Preprocessor preprocessor, int longestLine) {
    this.in = in;
    this.rows = rows;
    this.longestLine = longestLine;
    header = new CsvHeader(preprocessor);
  }

  @Override
  public boolean read() throws IOException {
    row = false;
    try {
      if (records == null) {
        records = CsvText.records(in, this).iterator();
      }
      while (!row && records.hasNext()) {
        records.next();
      }
    } catch (UnreadableTextException e) {
      throw unreadable(e.line(), String.valueOf(e.getMessage()));
    } catch (CsvParseException | UncheckedIOException e) {
      switch (e.getCause()) { // the library wraps what its source and its handler throw
        case UnreadableTextException text ->
            throw unreadable(text.line(), String.valueOf(text.getMessage()));
        case IOException cause -> throw cause;
        case ProblemException cause -> throw cause;
        case null, default -> {
          if (e instanceof CsvParseException parsing) {
            throw unreadable(line, CsvText.unreadable(parsing));
          }
          throw e;
        }
      }
    }
    return row;
  }

  private static ProblemException unreadable(long line, String detail) {
    return new ProblemException(
        ProblemType.INVALID_DATA,
        "line " + line + ": " + detail,
        List.of(InputError.inLine(line, null, detail)));
  }

  @Override
  protected void handleBegin(long startingLineNumber) {
    line = startingLineNumber;
    characters = 0;
  }

  @Override
  protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
    characters += length;
    if (characters > longestLine) {
      throw new ProblemException(
          ProblemType.LIMIT_EXCEEDED,
          "line %d has more than %d characters, the limit of backprop.inference.max-line"
              .formatted(line, longestLine));
    }
    int start = offset;
    int end = offset + length;
    if (!quoted) {
      while (start < end && buffer[start] <= ' ') {
        start++;
      }
      while (end > start && buffer[end - 1] <= ' ') {
        end--;
      }
    }
    switch (header.kind(index)) {
      case NAME -> header.add(new String(buffer, start, end - start));
      case TEXT -> addText(buffer, start, end - start);
      case NUMBER -> addNumber(buffer, start, end - start);
      case IGNORED -> rows.addMissing();
      case EXTRA -> {} // counted by the library
    }
  }

  private void addText(char[] buffer, int offset, int length) {
    if (CsvCell.isMissing(buffer, offset, length)) {
      rows.addMissing();
    } else {
      rows.addText(new String(buffer, offset, length));
    }
  }

  private void addNumber(char[] buffer, int offset, int length) {
    if (CsvCell.isMissing(buffer, offset, length)) {
      rows.addMissing();
      return;
    }
    float number = CsvCell.parse(buffer, offset, length);
    if (Float.isNaN(number)) {
      rows.addText(new String(buffer, offset, length));
    } else {
      rows.addNumber(number);
    }
  }

  @Override
  protected CsvRows buildRecord() {
    if (getRecordType() == RecordType.EMPTY) {
      return this;
    }
    if (!header.isRead()) {
      header.end(line);
    } else {
      int fields = getFieldCount();
      row = true;
      boolean fits = fields == header.names().size();
      rows.endRow(
          header.names(),
          fits
              ? null
              : "the line has %s, the header has %d"
                  .formatted(fields == 1 ? "1 field" : fields + " fields", header.names().size()));
    }
    return this;
  }
}
