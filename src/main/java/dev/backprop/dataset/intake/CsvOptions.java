package dev.backprop.dataset.intake;

import dev.backprop.dataset.ColumnType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a caller says about a file beside its content.
///
/// @param name what to call the data set, null for the default
/// @param delimiter between fields, null to find it in the first lines
/// @param types of columns whose type is not to be inferred
/// @param quote around fields, [#NO_QUOTE] for none
/// @param decimal what stands before the decimals of numbers, null to find it in the first rows
/// @param header whether the first record has the names of the columns, null if it has them unless
///   it is all numbers
/// @param encoding of the text, null to find it
/// @param charset of the content type, which holds where nothing else says the encoding
/// @param skipBadRows whether bad rows are left out, not the reason to refuse the file
public record CsvOptions(
    @Nullable String name,
    @Nullable Character delimiter,
    Map<String, ColumnType> types,
    char quote,
    @Nullable DecimalMark decimal,
    @Nullable Boolean header,
    @Nullable Encoding encoding,
    @Nullable Encoding charset,
    boolean skipBadRows) {

  /// Stands for no quote: no text that is read has this character.
  static final char NO_QUOTE = '\0';

  static final char DEFAULT_QUOTE = '"';

  /// Nothing said.
  public static final CsvOptions NONE = new CsvOptions(null, null, Map.of());

  /// Copies the map.
  public CsvOptions {
    types = Map.copyOf(types);
  }

  /// Nothing else said.
  public CsvOptions(
      @Nullable String name, @Nullable Character delimiter, Map<String, ColumnType> types) {
    this(name, delimiter, types, DEFAULT_QUOTE, null, null, null, null, false);
  }

  /// Reads query parameters as they came.
  ///
  /// @param delimiter one of `,` `;` `|` and `tab`
  /// @param types such as `zip:category,age:number,id:ignored`
  /// @throws dev.backprop.problem.ProblemException
  ///   [dev.backprop.problem.ProblemType#INVALID_REQUEST] with all that is wrong with them
  public static CsvOptions of(
      @Nullable String name, @Nullable String delimiter, @Nullable String types) {
    return new FileParameters(name, types, delimiter, null, null, null, null, null)
        .toOptions(FileFormat.CSV, null);
  }
}
