package dev.backprop.dataset.intake;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.Texts;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
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
/// is a missing cell. Empty lines are skipped. Bad lines are collected.
final class NdjsonDatasetReader {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
          .build();

  private final DatasetProperties limits;

  NdjsonDatasetReader(DatasetProperties limits) {
    this.limits = limits;
  }

  /// The table of a file.
  ///
  /// @throws ProblemException with all errors of the file, or over a limit
  /// @throws IOException if the stream fails
  Table read(InputStream in, CsvOptions options) throws IOException {
    InputErrors errors = new InputErrors();
    TypedColumns columns = new TypedColumns(limits, options.types());
    InputStream limited = new LimitedInputStream(in, limits.maxUpload().toBytes());
    try (TextReader text = new TextReader(limited, options.encoding(), options.charset())) {
      readLines(new LineReader(text), columns, errors);
    } catch (UnreadableTextException e) {
      errors.add(InputError.inLine(e.line(), null, String.valueOf(e.getMessage())));
    }
    errors.throwIfAny(ProblemType.INVALID_DATA);
    return columns.build();
  }

  private static void readLines(LineReader lines, TypedColumns columns, InputErrors errors)
      throws IOException {
    int rows = 0;
    for (String text = lines.next(); text != null; text = lines.next()) {
      if (!text.isBlank()) {
        columns.checkRows(rows + 1L);
        new Line(lines.line(), rows, columns, errors).read(text);
        rows++;
        if (rows == 1) {
          errors.throwIfAny(ProblemType.INVALID_DATA); // else each line misses its columns
          columns.complete();
          columns.checkTypes(errors);
        }
      }
    }
    if (rows == 0) {
      errors.add(InputError.inLine(1, null, "the file is empty"));
    }
  }

  /// One line while it is being read.
  private record Line(long number, int row, TypedColumns columns, InputErrors errors) {

    void read(String text) {
      try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          error(null, "an object is expected, not " + met(parser));
          return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          readCell(parser.currentName(), parser);
        }
        if (parser.nextToken() != null) {
          error(null, "something follows the object; a line has one object");
        } else if (columns.size() == 0) {
          error(null, "the object has no keys; the keys of the first line are the columns");
        }
      } catch (JacksonException e) {
        error(
            null,
            "the line is not well-formed JSON at character "
                + (e.getLocation() == null ? 1 : e.getLocation().getColumnNr()));
      } finally {
        for (TypedColumn column : columns.all()) {
          if (column.size() == row) {
            column.addMissing();
          }
        }
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
                    JavaFloatParser.parseFloat(
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
      if (wrong != null) {
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
      if (column == null && row > 0) {
        error(
            key,
            "the first line does not have this key; its keys are the columns, so give it all of them, null where there is no value");
        return null;
      }
      if (column == null) {
        ColumnNames.problem(key).ifPresent(problem -> error(null, problem));
        return columns.add(key);
      }
      if (column.size() > row) {
        error(key, "the line has this key twice");
        return null;
      }
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

    private void error(@Nullable String column, String detail) {
      errors.add(InputError.inLine(number, column == null ? null : Texts.shorten(column), detail));
    }
  }
}
