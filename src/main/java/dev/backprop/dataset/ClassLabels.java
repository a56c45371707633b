package dev.backprop.dataset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The classes that a column tells apart, and which of them a row belongs to.
public final class ClassLabels {

  /// More classes than this are taken for a mistake.
  public static final int MAX_CLASSES = 1_000;

  private ClassLabels() {}

  /// The labels in order: categories by name, numbers by value. Stops one behind [#MAX_CLASSES].
  public static List<String> of(Column column) {
    return switch (column) {
      case CategoryColumn categories -> categories.categories();
      case NumberColumn numbers -> {
        TreeSet<Float> distinct = new TreeSet<>();
        for (int row = 0; row < numbers.rows(); row++) {
          if (!numbers.isMissing(row)) {
            distinct.add(numbers.value(row) + 0.0f); // -0.0 becomes 0.0
          }
          if (distinct.size() > MAX_CLASSES) {
            break;
          }
        }
        yield distinct.stream().map(value -> text(numbers, value)).toList();
      }
    };
  }

  /// For each row the position of its label, or -1 where it is missing or none of them.
  public static int[] codes(Column column, List<String> labels) {
    Map<String, Integer> positions = new HashMap<>();
    for (String label : labels) {
      positions.put(label, positions.size());
    }
    int[] codes = new int[column.rows()];
    switch (column) {
      case CategoryColumn categories -> {
        int[] translation =
            categories.categories().stream()
                .mapToInt(category -> positions.getOrDefault(category, -1))
                .toArray();
        for (int row = 0; row < codes.length; row++) {
          codes[row] = categories.isMissing(row) ? -1 : translation[categories.code(row)];
        }
      }
      case NumberColumn numbers -> {
        for (int row = 0; row < codes.length; row++) {
          codes[row] =
              numbers.isMissing(row)
                  ? -1
                  : positions.getOrDefault(text(numbers, numbers.value(row) + 0.0f), -1);
        }
      }
    }
    return codes;
  }

  /// A number of a column as a label, in the format of the column.
  public static String text(NumberColumn column, float value) {
    return column.format() == NumberFormat.NUMBER ? text(value) : column.format().text(value);
  }

  /// A number as a label: whole numbers without the `.0`.
  public static String text(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e7f
        ? Integer.toString((int) value)
        : Float.toString(value);
  }
}
