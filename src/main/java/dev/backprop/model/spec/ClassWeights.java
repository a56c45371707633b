package dev.backprop.model.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// How much the rows of each class count.
public sealed interface ClassWeights {

  /// All the same.
  record None() implements ClassWeights {}

  /// Each class as much as every other, however many rows it has.
  record Balanced() implements ClassWeights {}

  /// As much as is said for each class, and 1 for the others.
  ///
  /// @param byLabel numbers from 0 on
  record Given(Map<String, Double> byLabel) implements ClassWeights {

    /// Copies the map, and keeps its order.
    public Given {
      byLabel = Collections.unmodifiableMap(new LinkedHashMap<>(byLabel));
    }
  }
}
