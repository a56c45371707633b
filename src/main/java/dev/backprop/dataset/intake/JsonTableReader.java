package dev.backprop.dataset.intake;

import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.Floats;
import dev.backprop.dataset.Texts;
import dev.backprop.problem.InputErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads one table. Nothing wrong with the data throws: it is collected, and reading goes on, so
/// that the caller hears of all of it at once. After a limit the rest is skipped, not kept.
final class JsonTableReader {

  private final JsonParser parser;
  private final DatasetProperties limits;
  private final JsonTableForm form;
  private final InputErrors errors = new InputErrors();
  private final Map<String, Integer> names = new LinkedHashMap<>();
  private final List<ColumnBuilder> columns = new ArrayList<>();
  private int rows;
  private boolean stopped;

  JsonTableReader(JsonParser parser, DatasetProperties limits, JsonTableForm form) {
    this.parser = parser;
    this.limits = limits;
    this.form = form;
  }

  JsonTable read() {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      errors.add("#", "an array of rows is expected, not " + met(parser.currentToken()));
      parser.skipChildren();
    } else {
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        checkRoom();
        if (stopped) {
          parser.skipChildren();
        } else {
          readRow(token);
        }
        rows++;
      }
    }
    return new JsonTable(List.copyOf(names.keySet()), columns, rows, errors.toList());
  }

  private void readRow(@Nullable JsonToken token) {
    if (form == JsonTableForm.OBJECTS && token == JsonToken.START_OBJECT) {
      readObject();
    } else if (form != JsonTableForm.OBJECTS && token == JsonToken.START_ARRAY) {
      readArray();
    } else if (form == JsonTableForm.TARGETS && isLabel(token)) {
      readLoneCell(token);
    } else {
      String expected = form == JsonTableForm.OBJECTS ? "an object" : "an array";
      error("", "row " + rows + " is " + met(token) + ", " + expected + " is expected");
      parser.skipChildren();
      stopped |= rows == 0; // which columns there are is not known
    }
  }

  private static boolean isLabel(@Nullable JsonToken token) {
    return token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL;
  }

  private void readArray() {
    int count = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (rows == 0 && addColumn()) {
        readCell(columns.get(count), Integer.toString(count), token);
      } else if (count < columns.size() && !stopped) {
        readCell(columns.get(count), Integer.toString(count), token);
      } else {
        parser.skipChildren();
      }
      count++;
    }
    checkLength(count);
  }

  private void readLoneCell(@Nullable JsonToken token) {
    if (rows == 0) {
      addColumn();
    }
    checkLength(1);
    readCell(columns.getFirst(), "", token);
  }

  private void checkLength(int count) {
    if (rows == 0 && count == 0) {
      error("", "row 0 has no values");
      stopped = true;
    } else if (count != columns.size() && !stopped) {
      error(
          "",
          "row %d has %s, the first row has %d"
              .formatted(rows, count == 1 ? "1 value" : count + " values", columns.size()));
    }
  }

  private void readObject() {
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_OBJECT;
        token = parser.nextToken()) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      ColumnBuilder column = stopped ? null : column(key);
      if (column == null) {
        parser.skipChildren();
      } else {
        readCell(column, CellTexts.pointerStep(key), value);
      }
    }
    if (columns.isEmpty()) {
      error("", "row 0 has no columns; the keys of the first row are the columns");
      stopped = true;
    }
    for (ColumnBuilder column : columns) {
      if (column.size() == rows) {
        column.addMissing();
      }
    }
  }

  /// The column of a key in this row, or null with an error.
  private @Nullable ColumnBuilder column(String key) {
    Integer index = names.get(key);
    if (index != null) {
      ColumnBuilder column = columns.get(index);
      if (column.size() > rows) {
        error(
            CellTexts.pointerStep(key),
            "row " + rows + " has the key '" + Texts.shorten(key) + "' twice");
        return null;
      }
      return column;
    }
    if (rows > 0) {
      error(
          CellTexts.pointerStep(key),
          "row %d has the key '%s', which the first row does not have; its keys are the columns"
              .formatted(rows, Texts.shorten(key)));
      return null;
    }
    ColumnNames.problem(key).ifPresent(problem -> error(CellTexts.pointerStep(key), problem));
    if (!addColumn()) {
      return null;
    }
    names.put(key, columns.size() - 1);
    return columns.getLast();
  }

  private boolean addColumn() {
    if (columns.size() == limits.maxColumns()) {
      if (!stopped) {
        stop(
            "more than "
                + limits.maxColumns()
                + " columns, the limit of backprop.datasets.max-columns");
      }
      return false;
    }
    columns.add(new ColumnBuilder());
    return true;
  }

  private void readCell(ColumnBuilder column, String step, @Nullable JsonToken token) {
    int before = column.size();
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> addNumber(column, step);
      case VALUE_STRING, VALUE_TRUE, VALUE_FALSE -> addText(column, step, token);
      case null, default -> {
        if (token == JsonToken.VALUE_NULL && form == JsonTableForm.OBJECTS) {
          column.addMissing();
        } else {
          error(step, expectation() + " is expected, not " + met(token));
          parser.skipChildren();
        }
      }
    }
    if (column.size() == before) {
      column.addMissing(); // keeps the columns in step after an error
    }
  }

  private void addNumber(ColumnBuilder column, String step) {
    float value =
        Floats.parse(
            parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
    if (Float.isInfinite(value)) {
      error(step, CellTexts.beyondFloat(parser.getString()));
    } else if (column.hasCategories()) {
      error(step, "the number " + Texts.shorten(parser.getString()) + " in a column of texts");
    } else {
      column.addNumber(value);
    }
  }

  private void addText(ColumnBuilder column, String step, JsonToken token) {
    String text = parser.getString();
    if (form == JsonTableForm.NUMBERS) {
      error(step, "a number is expected, not " + met(token));
    } else if (column.hasNumbers()) {
      error(step, met(token) + " in a column of numbers");
    } else if (text.length() > ColumnBuilder.MAX_TEXT) {
      error(step, CellTexts.tooLong(text));
    } else if (!(token == JsonToken.VALUE_STRING
        ? column.addCategory(text, limits.maxCategories())
        : column.addBoolean(token == JsonToken.VALUE_TRUE, limits.maxCategories()))) {
      error(step, CellTexts.tooManyCategories(limits.maxCategories()));
      stopped = true;
    }
  }

  private String expectation() {
    return switch (form) {
      case NUMBERS -> "a number";
      case TARGETS -> "a number or a label";
      case OBJECTS -> "a number, text, boolean or null";
    };
  }

  /// Stops if one more row would be over a limit.
  private void checkRoom() {
    if (stopped) {
      return;
    }
    if (rows == limits.maxRows()) {
      stop("more than " + limits.maxRows() + " rows, the limit of backprop.datasets.max-rows");
    } else if ((rows + 1L) * columns.size() > limits.maxCells()) {
      stop("more than " + limits.maxCells() + " cells, the limit of backprop.datasets.max-cells");
    }
  }

  private void stop(String detail) {
    errors.add("#", detail);
    stopped = true;
  }

  private void error(String step, String detail) {
    errors.add("#/" + rows + (step.isEmpty() ? "" : "/" + step), detail);
  }

  private String met(@Nullable JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "the text '" + Texts.shorten(parser.getString()) + "'";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          "the number " + Texts.shorten(parser.getString());
      case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> parser.getString();
      case null, default -> "the end";
    };
  }
}
