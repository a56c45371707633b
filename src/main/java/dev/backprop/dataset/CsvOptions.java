package dev.backprop.dataset;

import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a caller says about a CSV file beside its content.
///
/// @param name what to call the data set, null for the default
/// @param delimiter between fields, null to find it in the first line
/// @param types of columns whose type is not to be inferred
public record CsvOptions(
    @Nullable String name, @Nullable Character delimiter, Map<String, ColumnType> types) {

  /// Nothing said.
  public static final CsvOptions NONE = new CsvOptions(null, null, Map.of());

  /// Copies the map.
  public CsvOptions {
    types = Map.copyOf(types);
  }

  /// Reads query parameters as they came.
  ///
  /// @param delimiter one of `,` `;` `|` and `tab`
  /// @param types such as `zip:category,age:number,id:ignored`
  /// @throws dev.backprop.problem.ProblemException [ProblemType#INVALID_REQUEST] with all that is
  ///   wrong with them
  public static CsvOptions of(
      @Nullable String name, @Nullable String delimiter, @Nullable String types) {
    InputErrors errors = new InputErrors();
    if (name != null && !Dataset.NAME.matcher(name).matches()) {
      errors.add("#/name", "query parameter name: " + DatasetFactory.invalidName(name));
    }
    CsvOptions options =
        new CsvOptions(name, readDelimiter(delimiter, errors), readTypes(types, errors));
    errors.throwIfAny(ProblemType.INVALID_REQUEST);
    return options;
  }

  private static @Nullable Character readDelimiter(@Nullable String delimiter, InputErrors errors) {
    return switch (delimiter) {
      case null -> null;
      case "," -> ',';
      case ";" -> ';';
      case "|" -> '|';
      case "tab", "\t" -> '\t';
      default -> {
        errors.add(
            "#/delimiter",
            "query parameter delimiter is '%s'; one of , ; | (encoded as %%2C %%3B %%7C) and tab is expected"
                .formatted(Texts.shorten(delimiter)));
        yield null;
      }
    };
  }

  private static Map<String, ColumnType> readTypes(@Nullable String types, InputErrors errors) {
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
