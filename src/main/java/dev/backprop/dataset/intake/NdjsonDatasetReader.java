package dev.backprop.dataset.intake;

import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.Floats;
import dev.backprop.dataset.RejectedRows;
import dev.backprop.dataset.Texts;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Reads newline-delimited JSON, one object a line, as a stream of UTF-8 into columns.
///
/// The keys of the first line are the columns; later lines have them in any order, and one left out
/// is a missing cell. Empty lines are skipped. Bad lines are collected, and can be left out.
final class NdjsonDatasetReader {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
          .build();

  private final DatasetProperties limits;

  NdjsonDatasetReader(DatasetProperties limits) {
    this.limits = limits;
  }

  /// The columns of a file.
  ///
  /// @throws ProblemException with all errors of the file, or over a limit
  /// @throws IOException if the stream fails
  FileTable read(InputStream in, CsvOptions options) throws IOException {
    FileErrors errors = new FileErrors(options.skipBadRows());
    TypedColumns columns = new TypedColumns(limits, options.types());
    int rows = 0;
    InputStream limited = new LimitedInputStream(in, limits.maxUpload().toBytes());
    try (TextReader text = new TextReader(limited, options.encoding(), options.charset())) {
      rows = readLines(new LineReader(text), columns, errors);
    } catch (UnreadableTextException e) {
      errors.addToFile(InputError.inLine(e.line(), null, String.valueOf(e.getMessage())));
    }
    RejectedRows rejected = errors.settle(rows);
    return new FileTable(null, columns.build(), rejected);
  }

  /// How many good rows there are.
  private static int readLines(LineReader lines, TypedColumns columns, FileErrors errors)
      throws IOException {
    int rows = 0;
    boolean first = true;
    for (String text = lines.next(); text != null && !errors.inFile(); text = lines.next()) {
      if (!text.isBlank()) {
        columns.checkRows(rows + 1L);
        Line line = new Line(lines.line(), rows, first, columns, errors, new ArrayList<>());
        rows += line.read(text) ? 1 : 0;
        if (first && !errors.inFile()) {
          columns.complete();
          checkTypes(columns, errors);
        }
        first = false;
      }
    }
    if (first) {
      errors.addToFile(InputError.inLine(1, null, "the file is empty"));
    }
    return rows;
  }

  private static void checkTypes(TypedColumns columns, FileErrors errors) {
    InputErrors inTypes = new InputErrors();
    columns.checkTypes(inTypes);
    inTypes.toList().forEach(errors::addToFile);
  }

  /// One line while it is being read.
  ///
  /// @param row how many good ones came before it
  /// @param first whether its keys become the columns
  /// @param touched the columns that have a cell of it: a bad line costs no more than it is long
  private record Line(
      long number,
      int row,
      boolean first,
      TypedColumns columns,
      FileErrors errors,
      List<TypedColumn> touched) {

    /// Whether it is a good one.
    boolean read(String text) {
      try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
        read(parser);
      } catch (JacksonException e) {
        misshapen(
            "the line is not well-formed JSON at character "
                + (e.getLocation() == null ? 1 : e.getLocation().getColumnNr()));
      }
      boolean good = !errors.inRow() && !errors.inFile();
      if (good) {
        columns.all().stream()
            .filter(column -> column.size() == row)
            .forEach(TypedColumn::addMissing);
      } else {
        touched.forEach(column -> column.truncate(row));
      }
      errors.endRow();
      return good;
    }

    private void read(JsonParser parser) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        misshapen("an object is expected, not " + met(parser));
        return;
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        readCell(parser.currentName(), parser);
      }
      if (parser.nextToken() != null) {
        misshapen("something follows the object; a line has one object");
      } else if (columns.size() == 0) {
        misshapen("the object has no keys; the keys of the first line are the columns");
      }
    }

    /// Without the shape of the first line there are no columns.
    private void misshapen(String detail) {
      if (first) {
        errors.addToFile(InputError.inLine(number, null, detail));
      } else {
        errors.addToRow(number, null, () -> detail);
      }
    }

    private void readCell(String key, JsonParser parser) {
      TypedColumn column = column(key);
      JsonToken token = parser.nextToken();
      if (column == null) {
        parser.skipChildren();
        return;
      }
      String wrong =
          switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                column.addNumber(
                    Floats.parse(
                        parser.getStringCharacters(),
                        parser.getStringOffset(),
                        parser.getStringLength()),
                    parser::getString);
            case VALUE_STRING -> column.addText(parser.getString());
            case VALUE_TRUE, VALUE_FALSE -> column.addBoolean(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> {
              column.addMissing();
              yield null;
            }
            case null, default -> addNested(column, parser);
          };
      if (wrong != null && column.isFull()) {
        errors.addToFile(InputError.inLine(number, Texts.shorten(column.name()), wrong));
      } else if (wrong != null) {
        error(column.name(), wrong);
      }
    }

    private static @Nullable String addNested(TypedColumn column, JsonParser parser) {
      String met = met(parser);
      parser.skipChildren();
      column.addMissing();
      return column.isIgnored()
          ? null
          : "a number, text, boolean or null is expected, not %s; to leave the column out send ?types=%s:ignored"
              .formatted(met, Texts.shorten(column.name()));
    }

    /// The column of a key, null with an error if there is none.
    private @Nullable TypedColumn column(String key) {
      TypedColumn column = columns.find(key);
      if (column == null && !first) {
        error(
            key,
            "the first line does not have this key; its keys are the columns, so give it all of them, null where there is no value");
        return null;
      }
      if (column == null) {
        ColumnNames.problem(key).ifPresent(this::misshapen);
        column = columns.add(key);
      } else if (column.size() > row) {
        error(key, "the line has this key twice");
        return null;
      }
      touched.add(column);
      return column;
    }

    private static String met(JsonParser parser) {
      return switch (parser.currentToken()) {
        case START_OBJECT -> "an object";
        case START_ARRAY -> "an array";
        case VALUE_STRING -> "the text '" + Texts.shorten(parser.getString()) + "'";
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
            "the number " + Texts.shorten(parser.getString());
        case null, default -> String.valueOf(parser.getString());
      };
    }

    private void error(String column, String detail) {
      errors.addToRow(number, Texts.shorten(column), () -> detail);
    }
  }
}
