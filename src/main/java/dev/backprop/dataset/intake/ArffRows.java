package dev.backprop.dataset.intake;

import dev.backprop.dataset.intake.ArffTokens.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Reads the rows of an ARFF file: values parted by commas or spaces, or sparse ones in braces.
final class ArffRows {

  private final ArffTokens tokens;
  private final List<ArffAttribute> attributes;
  private final TableBuilder table;
  private final FileErrors errors;
  private final List<ArffAttribute> withoutZero;

  ArffRows(
      ArffTokens tokens, List<ArffAttribute> attributes, TableBuilder table, FileErrors errors) {
    this.tokens = tokens;
    this.attributes = attributes;
    this.table = table;
    this.errors = errors;
    this.withoutZero = attributes.stream().filter(attribute -> attribute.zero() == null).toList();
  }

  void read() throws IOException {
    for (Kind kind = tokens.next(); kind != Kind.END_OF_FILE; kind = tokens.next()) {
      if (kind != Kind.END_OF_LINE) {
        table.countRow(tokens.line());
        if (kind == Kind.OPEN) {
          readSparse();
        } else {
          readDense(kind);
        }
      }
    }
  }

  private void readDense(Kind first) throws IOException {
    long line = tokens.line();
    int count = 0;
    boolean valueIsNext = true;
    boolean sound = true;
    Kind kind = first;
    for (; !isEnd(kind); kind = tokens.next()) {
      switch (kind) {
        case COMMA -> {
          if (valueIsNext) {
            error("a value before a comma is empty; one that is missing is written as ?");
            sound = false;
          }
          valueIsNext = true;
        }
        case WORD, QUOTED -> {
          if (count < attributes.size()) {
            attributes.get(count).add(tokens.text(), kind == Kind.QUOTED, line, errors);
          }
          count++;
          valueIsNext = false;
        }
        case UNCLOSED -> {
          error("a quote is not closed in this line");
          sound = false;
          valueIsNext = false;
        }
        case OPEN, CLOSE -> {
          error("a brace within a row; weights of rows are not read, texts with braces are quoted");
          tokens.skipLine(kind);
          table.endRow(Math.min(count, attributes.size()));
          return;
        }
        case END_OF_LINE, END_OF_FILE -> throw new IllegalStateException("the row has ended");
      }
    }
    if (valueIsNext) {
      error("a value after the last comma is empty; one that is missing is written as ?");
      sound = false;
    }
    if (sound && count != attributes.size()) {
      String has = count == 1 ? "1 value" : count + " values";
      errors.addToRow(
          line,
          null,
          () ->
              "line %d has %s, the header has %d; values with spaces or commas are written in quotes"
                  .formatted(line, has, attributes.size()));
    }
    table.endRow(Math.min(count, attributes.size()));
  }

  /// Adds what the row has, and only if that is good the zeros that it leaves out: a bad row costs
  /// no more than it is long.
  private void readSparse() throws IOException {
    List<CsvColumn> touched = new ArrayList<>();
    Kind kind = tokens.next();
    while (kind != Kind.CLOSE && !isEnd(kind)) {
      kind = kind == Kind.COMMA ? tokens.next() : readEntry(kind, touched);
    }
    if (isEnd(kind)) {
      if (!errors.inRow()) {
        error("a sparse row does not end with } in its line");
      }
    } else {
      kind = tokens.next();
      if (!isEnd(kind)) {
        error("more follows the } of a sparse row; weights of rows are not read");
        tokens.skipLine(kind);
      }
    }
    checkHasAllWithoutZero();
    if (errors.inRow()) {
      touched.forEach(column -> column.truncate(table.rows()));
    } else {
      addZeros();
    }
    table.endRow(0);
  }

  private Kind readEntry(Kind first, List<CsvColumn> touched) throws IOException {
    int index = first == Kind.WORD ? index(tokens.text()) : -1;
    if (index < 0) {
      error(
          () ->
              "a sparse row has pairs of an attribute's index, from 0 to %d, and its value"
                  .formatted(attributes.size() - 1));
      tokens.skipLine(first);
      return Kind.END_OF_LINE;
    }
    ArffAttribute attribute = attributes.get(index);
    Kind kind = tokens.next();
    if (kind != Kind.WORD && kind != Kind.QUOTED) {
      error(() -> "attribute %d of a sparse row has no value".formatted(index));
      return kind;
    }
    if (attribute.column().size() > table.rows()) {
      error(() -> "attribute %d stands twice in a sparse row".formatted(index));
    } else {
      attribute.add(tokens.text(), kind == Kind.QUOTED, tokens.line(), errors);
      touched.add(attribute.column());
    }
    return tokens.next();
  }

  private int index(String text) {
    try {
      int index = Integer.parseInt(text);
      return index < attributes.size() ? index : -1;
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /// Stops at the first that is left out.
  private void checkHasAllWithoutZero() {
    withoutZero.stream()
        .map(ArffAttribute::column)
        .filter(column -> column.size() == table.rows() && !column.isIgnored())
        .findFirst()
        .ifPresent(
            column ->
                errors.addToRow(
                    tokens.line(),
                    column.name(),
                    () -> "a sparse row leaves out this attribute, for which there is no zero"));
  }

  private void addZeros() {
    for (ArffAttribute attribute : attributes) {
      String zero = attribute.zero();
      if (zero != null && attribute.column().size() == table.rows()) {
        attribute.add(zero, true, tokens.line(), errors);
      }
    }
  }

  private static boolean isEnd(Kind kind) {
    return kind == Kind.END_OF_LINE || kind == Kind.END_OF_FILE;
  }

  private void error(String detail) {
    error(() -> detail);
  }

  private void error(Supplier<String> detail) {
    errors.addToRow(tokens.line(), null, detail);
  }
}
