package dev.backprop.search;

import dev.backprop.core.linalg.SplitMix64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The points of a search: a value for each of its dimensions.
///
/// @param dimensions in the order of the request
record Space(List<Dimension> dimensions) {

  /// A field and its values.
  ///
  /// @param key the field's JSON Pointer as the request has it
  record Dimension(String key, FieldPointer field, SearchDimension values) {}

  /// Copies the list.
  Space {
    dimensions = List.copyOf(dimensions);
  }

  /// A point: the values by the fields' pointers. A value may be null.
  record Point(Map<String, @Nullable Object> values) {}

  /// How many points a grid has; [Long#MAX_VALUE] for more than fit.
  long gridSize() {
    long size = 1;
    for (Dimension dimension : dimensions) {
      int points = dimension.values().points().size();
      size = size > Long.MAX_VALUE / points ? Long.MAX_VALUE : size * points;
    }
    return size;
  }

  /// A point of the grid, those of the last dimension changing fastest.
  ///
  /// @param index from 0
  Point gridPoint(long index) {
    long rest = index;
    Object[] chosen = new Object[dimensions.size()];
    for (int i = chosen.length - 1; i >= 0; i--) {
      List<@Nullable Object> points = dimensions.get(i).values().points();
      chosen[i] = points.get((int) (rest % points.size()));
      rest /= points.size();
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < chosen.length; i++) {
      values.put(dimensions.get(i).key(), chosen[i]);
    }
    return new Point(values);
  }

  /// The point of a number, whichever others were drawn before.
  Point randomPoint(long seed, long number) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < dimensions.size(); i++) {
      double u = SplitMix64.keyed(seed, number, i).nextDouble();
      values.put(dimensions.get(i).key(), dimensions.get(i).values().at(u));
    }
    return new Point(values);
  }
}
