package dev.backprop.dataset.preprocessing;

import org.jspecify.annotations.Nullable;

/// One row to predict for, as the caller gave it: for each feature, in the order of the features, a
/// number, a text or nothing.
public interface RawRow {

  /// How many values there are.
  int size();

  /// The text of a feature, null if it is a number or missing.
  @Nullable String text(int feature);

  /// The number of a feature, NaN if it is a text or missing.
  float number(int feature);

  /// Whether a feature has neither.
  default boolean isMissing(int feature) {
    return text(feature) == null && Float.isNaN(number(feature));
  }
}
