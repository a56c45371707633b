package dev.backprop.dataset.intake;

import dev.backprop.dataset.ColumnType;
import dev.backprop.dataset.Texts;
import dev.backprop.dataset.intake.ArffTokens.Kind;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the lines of an ARFF file up to `@data`.
final class ArffHeader {

  /// Nominal values of all attributes together; more are not held.
  private static final int MAX_VALUES = 1 << 18;

  private static final String TYPES = "numeric, real, integer, string or {a, b, …}";

  private final ArffTokens tokens;
  private final TableBuilder table;
  private final FileErrors errors;
  private final List<ArffAttribute> attributes = new ArrayList<>();
  private @Nullable String relation;
  private int values;

  ArffHeader(ArffTokens tokens, TableBuilder table, FileErrors errors) {
    this.tokens = tokens;
    this.table = table;
    this.errors = errors;
  }

  /// What `@relation` says, null if there is none.
  @Nullable String relation() {
    return relation;
  }

  List<ArffAttribute> attributes() {
    return attributes;
  }

  /// Reads it, and adds what is wrong with it to the errors.
  void read() throws IOException {
    boolean empty = true;
    while (true) {
      Kind kind = tokens.next();
      if (kind == Kind.END_OF_FILE) {
        error(empty ? "the file is empty" : "the file ends without a line @data");
        return;
      }
      if (kind == Kind.END_OF_LINE) {
        continue;
      }
      empty = false;
      String keyword = kind == Kind.WORD ? tokens.text().toLowerCase(Locale.ROOT) : "";
      switch (keyword) {
        case "@relation" -> readRelation();
        case "@attribute" -> readAttribute();
        case "@data" -> {
          if (attributes.isEmpty() && !errors.inFile()) {
            error("there is no @attribute before @data");
          }
          endLine("@data");
          return;
        }
        default -> {
          unknownLine(kind, keyword);
          tokens.skipLine(kind);
          if (!keyword.startsWith("@")) {
            return; // of anything but ARFF every line would be wrong
          }
        }
      }
    }
  }

  private void unknownLine(Kind kind, String keyword) {
    String met = kind == Kind.WORD ? ", not '" + Texts.shorten(tokens.text()) + "'" : "";
    String remedy =
        keyword.startsWith("@")
            ? ""
            : "; a file without them is CSV, whose Content-Type is text/csv";
    error("@relation, @attribute or @data is expected" + met + remedy);
  }

  private void readRelation() throws IOException {
    Kind kind = tokens.next();
    if (isText(kind)) {
      relation = tokens.text();
      endLine("the name of the relation");
    } else {
      error("@relation has no name" + unclosed(kind));
      tokens.skipLine(kind);
    }
  }

  private void readAttribute() throws IOException {
    Kind kind = tokens.next();
    if (!isText(kind)) {
      error("@attribute has no name" + unclosed(kind));
      tokens.skipLine(kind);
      return;
    }
    String name = tokens.text();
    kind = tokens.next();
    if (kind == Kind.OPEN) {
      readNominal(name);
    } else if (kind == Kind.WORD) {
      readType(name, tokens.text());
    } else {
      error("attribute '%s' has no type; %s is expected".formatted(Texts.shorten(name), TYPES));
      tokens.skipLine(kind);
    }
  }

  private void readType(String name, String type) throws IOException {
    switch (type.toLowerCase(Locale.ROOT)) {
      case "numeric", "real", "integer" -> {
        add(name, ColumnType.NUMBER, Set.of(), "0");
        endLine("the type");
      }
      case "string" -> {
        add(name, ColumnType.CATEGORY, Set.of(), null);
        endLine("the type");
      }
      case "date" -> {
        if (add(name, null, Set.of(), null).canBeNumbers()) {
          error(
              "attribute '%1$s' is a date, which is not read as a number; to leave it out send ?types=%1$s:ignored, to take its texts ?types=%1$s:category"
                  .formatted(Texts.shorten(name)));
        }
        tokens.skipLine(Kind.WORD);
      }
      default -> {
        error(
            "attribute '%s' is of the type '%s'; %s is expected"
                .formatted(Texts.shorten(name), Texts.shorten(type), TYPES));
        tokens.skipLine(Kind.WORD);
      }
    }
  }

  private void readNominal(String name) throws IOException {
    Set<String> listed = new LinkedHashSet<>();
    Kind kind = tokens.next();
    for (; kind != Kind.CLOSE; kind = tokens.next()) {
      if (kind != Kind.COMMA && !isText(kind)) {
        error(
            "the values of attribute '%s' do not end with } in this line"
                    .formatted(Texts.shorten(name))
                + unclosed(kind));
        tokens.skipLine(kind);
        return;
      }
      if (isText(kind) && listed.add(tokens.text()) && ++values > MAX_VALUES) {
        throw new ProblemException(
            ProblemType.LIMIT_EXCEEDED,
            "In line %d the attributes list more than %d values; declare them as string instead."
                .formatted(tokens.line(), MAX_VALUES));
      }
    }
    if (listed.isEmpty()) {
      error("attribute '%s' lists no values between { and }".formatted(Texts.shorten(name)));
    }
    listed.stream()
        .filter(value -> value.length() > ColumnBuilder.MAX_TEXT)
        .findFirst()
        .ifPresent(value -> error(CellTexts.tooLong(value)));
    add(name, ColumnType.CATEGORY, listed, listed.stream().findFirst().orElse(null));
    endLine("}");
  }

  private CsvColumn add(
      String name, @Nullable ColumnType type, Set<String> listed, @Nullable String zero) {
    CsvColumn column =
        table.addColumn(name, type, tokens.line(), "attribute " + (attributes.size() + 1));
    boolean isZero = zero != null && (!column.canBeNumbers() || CsvCell.of(zero) == CsvCell.NUMBER);
    attributes.add(new ArffAttribute(column, listed, isZero ? zero : null));
    return column;
  }

  private void endLine(String after) throws IOException {
    Kind kind = tokens.next();
    if (kind != Kind.END_OF_LINE && kind != Kind.END_OF_FILE) {
      error("more follows " + after + " in this line; names with spaces are written in quotes");
      tokens.skipLine(kind);
    }
  }

  private static boolean isText(Kind kind) {
    return kind == Kind.WORD || kind == Kind.QUOTED;
  }

  private static String unclosed(Kind kind) {
    return kind == Kind.UNCLOSED ? ": a quote is not closed" : "";
  }

  private void error(String detail) {
    errors.addToFile(InputError.inLine(tokens.line(), null, detail));
  }
}
