package dev.backprop.dataset.intake;

import dev.backprop.dataset.ColumnType;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.Texts;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemType;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Query parameters, or fields of a form, that say how a file is to be read, as they came.
public record FileParameters(
    @Parameter(
            description = "What to call it; default: the name of a form's file, else data",
            example = "iris")
        @Nullable String name,
    @Parameter(
            description =
                "Types that are not to be inferred: number, category, boolean, date or ignored",
            example = "zip:category,id:ignored")
        @Nullable String types,
    @Parameter(
            description =
                "Of CSV, what stands between fields: one of , ; | and tab. Default: what every one"
                    + " of the first 10 lines has equally many of, else what the first has most of",
            example = ";")
        @Nullable String delimiter,
    @Parameter(
            description =
                "Of CSV, what stands around fields that have delimiters or line breaks in them: \" or"
                    + " ' or none. Default: \". Within such a field it is written twice",
            schema = @Schema(allowableValues = {"\"", "'", "none"}))
        @Nullable String quote,
    @Parameter(
            description =
                "Of CSV, what stands before the decimals of numbers: point, or comma for numbers"
                    + " like 1,5 and 1.234,5. Default: comma, where the delimiter is another and a"
                    + " column of the first 1,000 rows is numbers with a comma only and none with a"
                    + " point only",
            schema = @Schema(allowableValues = {"point", "comma"}))
        @Nullable String decimal,
    @Parameter(
            description =
                "Of CSV, whether the first record has the names of the columns: true or false."
                    + " Default: true, unless it is all numbers. Without names the columns are"
                    + " called c1, c2, …",
            schema = @Schema(allowableValues = {"true", "false"}))
        @Nullable String header,
    @Parameter(
            description =
                "How characters are written as bytes. Default: as the byte order mark says, else"
                    + " the charset of the Content-Type, else utf-8",
            schema =
                @Schema(
                    allowableValues = {
                      "utf-8",
                      "utf-16le",
                      "utf-16be",
                      "iso-8859-1",
                      "windows-1252"
                    }))
        @Nullable String encoding,
    @Parameter(
            description =
                "What to do with rows that cannot be used, such as those with too few fields, or"
                    + " with text in a column of numbers: refuse the file, or skip them, count them"
                    + " and list the first under rejected",
            schema =
                @Schema(
                    allowableValues = {"refuse", "skip"},
                    defaultValue = "refuse"))
        @Nullable String onBadRows) {

  private static final Map<String, Character> DELIMITERS =
      Map.of(",", ',', ";", ';', "|", '|', "tab", '\t', "\t", '\t');

  private static final Map<String, Character> QUOTES =
      Map.of("\"", '"', "'", '\'', "none", CsvOptions.NO_QUOTE);

  private static final Map<String, Boolean> HEADERS = Map.of("true", true, "false", false);

  private static final Map<String, Boolean> SKIPS = Map.of("skip", true, "refuse", false);

  /// The same, with this name where there is none.
  public FileParameters nameOr(@Nullable String other) {
    return name == null
        ? new FileParameters(other, types, delimiter, quote, decimal, header, encoding, onBadRows)
        : this;
  }

  /// What they say about a file.
  ///
  /// @param charset of its content type, null if it has none
  /// @throws dev.backprop.problem.ProblemException [ProblemType#INVALID_REQUEST] with all that is
  ///   wrong with them
  public CsvOptions toOptions(FileFormat format, @Nullable Encoding charset) {
    InputErrors errors = new InputErrors();
    if (name != null && !Dataset.NAME.matcher(name).matches()) {
      errors.add("#/name", "query parameter name: " + DatasetFactory.invalidName(name));
    }
    if (format != FileFormat.CSV) {
      checkIsAbsent("delimiter", delimiter, "CSV", format, errors);
      checkIsAbsent("quote", quote, "CSV", format, errors);
      checkIsAbsent("decimal", decimal, "CSV", format, errors);
      checkIsAbsent("header", header, "CSV", format, errors);
    }
    if (format == FileFormat.PARQUET) {
      checkIsAbsent("onBadRows", onBadRows, "text", format, errors);
      checkIsAbsent("encoding", encoding, "text", format, errors);
    }
    Character quoteOrNone =
        choice("quote", quote, QUOTES, "\" ' (encoded as %22 %27) and none", errors);
    Boolean skip = choice("onBadRows", onBadRows, SKIPS, "refuse and skip", errors);
    CsvOptions options =
        new CsvOptions(
            name,
            choice(
                "delimiter",
                delimiter,
                DELIMITERS,
                ", ; | (encoded as %2C %3B %7C) and tab",
                errors),
            readTypes(errors),
            quoteOrNone == null ? CsvOptions.DEFAULT_QUOTE : quoteOrNone,
            choice("decimal", decimal, DecimalMark.BY_WORD, "point and comma", errors),
            choice("header", header, HEADERS, "true and false", errors),
            choice(
                "encoding",
                encoding,
                Encoding.byWord(),
                String.join(", ", Encoding.byWord().keySet()),
                errors),
            charset,
            skip != null && skip);
    errors.throwIfAny(ProblemType.INVALID_REQUEST);
    return options;
  }

  private static void checkIsAbsent(
      String parameter,
      @Nullable String value,
      String formats,
      FileFormat format,
      InputErrors errors) {
    if (value != null) {
      errors.add(
          "#/" + parameter,
          "query parameter %s is for %s, %s leaves no choice"
              .formatted(parameter, formats, format.words()));
    }
  }

  private static <T> @Nullable T choice(
      String parameter,
      @Nullable String value,
      Map<String, T> choices,
      String words,
      InputErrors errors) {
    T choice = value == null ? null : choices.get(value);
    if (value != null && choice == null) {
      errors.add(
          "#/" + parameter,
          "query parameter %s is '%s'; one of %s is expected"
              .formatted(parameter, Texts.shorten(value), words));
    }
    return choice;
  }

  private Map<String, ColumnType> readTypes(InputErrors errors) {
    Map<String, ColumnType> result = new LinkedHashMap<>();
    if (types == null || types.isBlank()) {
      return result;
    }
    for (String entry : types.split(",", -1)) {
      int colon = entry.lastIndexOf(':');
      String column = entry.substring(0, Math.max(0, colon)).strip();
      ColumnType type = ColumnType.ofWord(entry.substring(colon + 1).strip()).orElse(null);
      if (colon < 1 || type == null) {
        errors.add(
            "#/types",
            "query parameter types has '%s'; column:type with number, category, boolean, date or ignored is expected"
                .formatted(Texts.shorten(entry)));
      } else if (result.put(column, type) != null) {
        errors.add("#/types", "query parameter types has '" + Texts.shorten(column) + "' twice");
      }
    }
    return result;
  }
}
