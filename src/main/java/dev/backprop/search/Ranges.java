package dev.backprop.search;

import dev.backprop.problem.InputErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/// What dimensions with two ends have in common.
final class Ranges {

  private Ranges() {}

  static Map<String, @Nullable Object> corners(@Nullable Object min, @Nullable Object max) {
    Map<String, @Nullable Object> corners = new LinkedHashMap<>();
    corners.put("/min", min);
    corners.put("/max", max);
    return corners;
  }

  /// Equal steps of a distribution, the ends to the bit.
  ///
  /// @param at the value at a place from 0 to 1
  static List<@Nullable Object> points(
      int steps, @Nullable Object min, @Nullable Object max, DoubleFunction<Object> at) {
    List<@Nullable Object> points = new ArrayList<>();
    points.add(min);
    for (int i = 1; i < steps - 1; i++) {
      points.add(at.apply((double) i / (steps - 1)));
    }
    points.add(max);
    return points;
  }

  static void checkOrder(String pointer, double min, double max, InputErrors errors) {
    if (min >= max) {
      errors.add(pointer + "/max", "must be greater than min");
    }
  }

  static void checkSteps(
      String pointer, @Nullable Integer steps, boolean grid, InputErrors errors) {
    if (steps == null && grid) {
      errors.add(
          pointer + "/steps",
          "a grid needs to know how many values of the range to take, from 2 to "
              + SearchDimension.MAX_VALUES);
    } else if (steps != null && (steps < 2 || steps > SearchDimension.MAX_VALUES)) {
      errors.add(
          pointer + "/steps",
          "must be from 2 to %d, got %d".formatted(SearchDimension.MAX_VALUES, steps));
    }
  }
}
