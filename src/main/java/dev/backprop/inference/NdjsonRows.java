package dev.backprop.inference;

import dev.backprop.dataset.intake.TextReader;
import dev.backprop.dataset.intake.UnreadableTextException;
import dev.backprop.problem.InputError;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/// Reads rows of which each is a line of JSON: an object from feature to value, or an array of
/// values in the order of the features. What is wrong with a line is noted with its row. Empty
/// lines are skipped.
final class NdjsonRows implements RowSource {

  private final Reader text;
  private final RawRows rows;
  private final JsonMapper json;
  private final int longestLine;
  private final RawRowsReader objects = new RawRowsReader.Objects();
  private final RawRowsReader arrays = new RawRowsReader.Inputs();

  private final char[] buffer = new char[1 << 13];
  private int at;
  private int end;
  private char[] line = new char[1 << 10];
  private int length;
  private long number;

  /// @param rows take what is read
  /// @param longestLine characters that a row may have
  NdjsonRows(InputStream in, RawRows rows, JsonMapper json, int longestLine) {
    text = new TextReader(in);
    this.rows = rows;
    this.json = json;
    this.longestLine = longestLine;
  }

  @Override
  public boolean read() throws IOException {
    try {
      while (readLine()) {
        if (!isBlank()) {
          readRow();
          return true;
        }
      }
      return false;
    } catch (UnreadableTextException e) {
      String detail = String.valueOf(e.getMessage());
      throw new ProblemException(
          ProblemType.INVALID_DATA,
          "line " + e.line() + ": " + detail,
          List.of(InputError.inLine(e.line(), null, detail)));
    }
  }

  private boolean isBlank() {
    for (int i = 0; i < length; i++) {
      if (line[i] > ' ') {
        return false;
      }
    }
    return true;
  }

  /// Reads the next line without its end; false where there is none.
  private boolean readLine() throws IOException {
    length = 0;
    number++;
    boolean any = false;
    while (at < end || fill()) {
      any = true;
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      append(from, at - from);
      if (at < end) {
        at++;
        return true;
      }
    }
    return any;
  }

  private boolean fill() throws IOException {
    at = 0;
    do {
      end = text.read(buffer, 0, buffer.length);
    } while (end == 0);
    return end > 0;
  }

  private void append(int from, int count) {
    if (length + count > longestLine) {
      throw new ProblemException(
          ProblemType.LIMIT_EXCEEDED,
          "line %d has more than %d characters, the limit of backprop.inference.max-line"
              .formatted(number, longestLine));
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(2 * line.length, length + count));
    }
    System.arraycopy(buffer, from, line, length, count);
    length += count;
  }

  private void readRow() {
    int before = rows.size();
    try (JsonParser parser = json.createParser(line, 0, length)) {
      switch (parser.nextToken()) {
        case START_OBJECT -> objects.readRow(parser, rows);
        case START_ARRAY -> arrays.readRow(parser, rows);
        case VALUE_NULL -> rows.endRow(null, RawRowsReader.NULL);
        case null, default ->
            rows.endRow(
                null, "the line is an object or an array, not " + JsonErrors.describe(parser));
      }
      if (parser.nextToken() != null) {
        rows.refuseLastRow("something follows the end of the row");
      }
    } catch (JacksonException e) {
      TokenStreamLocation place = e.getLocation();
      String detail =
          "the line is not well-formed JSON"
              + (place == null ? "" : ", at column " + place.getColumnNr());
      if (rows.size() > before) {
        rows.refuseLastRow(detail);
      } else {
        rows.endRow(null, detail);
      }
    }
  }
}
