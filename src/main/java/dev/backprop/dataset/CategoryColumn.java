package dev.backprop.dataset;

import java.util.List;

/// A column of categories, stored as positions in the sorted list of its distinct texts.
public final class CategoryColumn implements Column {

  /// The code of a missing cell.
  public static final int MISSING = -1;

  private final String name;
  private final List<String> categories;
  private final int[] codes;
  private final int[] counts;
  private final int missing;

  /// Keeps the array; the caller gives it away.
  ///
  /// @param categories distinct texts in their natural order
  /// @param codes for each row a position in `categories`, or -1 where it is missing
  public CategoryColumn(String name, List<String> categories, int[] codes) {
    this.name = name;
    this.categories = List.copyOf(categories);
    this.codes = codes;
    for (int i = 1; i < categories.size(); i++) {
      if (categories.get(i - 1).compareTo(categories.get(i)) >= 0) {
        throw new IllegalArgumentException(
            "categories of column '%s' are not distinct and sorted: '%s' before '%s'"
                .formatted(name, categories.get(i - 1), categories.get(i)));
      }
    }
    this.counts = new int[categories.size()];
    int absent = 0;
    for (int code : codes) {
      if (code == MISSING) {
        absent++;
      } else {
        counts[code]++;
      }
    }
    this.missing = absent;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ColumnType type() {
    return ColumnType.CATEGORY;
  }

  @Override
  public int rows() {
    return codes.length;
  }

  @Override
  public int missing() {
    return missing;
  }

  @Override
  public boolean isMissing(int row) {
    return codes[row] == MISSING;
  }

  /// The distinct texts in their natural order.
  public List<String> categories() {
    return categories;
  }

  /// The position of a row's text in [#categories()], -1 where it is missing.
  public int code(int row) {
    return codes[row];
  }

  /// How many rows have the category at this position.
  public int count(int category) {
    return counts[category];
  }
}
