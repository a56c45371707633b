package dev.backprop.dataset;

import java.util.List;
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

  /// A row of numbers alone, NaN for a missing one.
  ///
  /// @param values kept, not copied
  static RawRow ofNumbers(float[] values, int offset, int size) {
    return new RawRow() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public @Nullable String text(int feature) {
        return null;
      }

      @Override
      public float number(int feature) {
        return values[offset + feature];
      }
    };
  }

  /// A row of [Number], [String], [Boolean] (the text `true` or `false`) and null for missing.
  static RawRow of(List<? extends @Nullable Object> values) {
    return new RawRow() {
      @Override
      public int size() {
        return values.size();
      }

      @Override
      public @Nullable String text(int feature) {
        Object value = values.get(feature);
        return value == null || value instanceof Number ? null : value.toString();
      }

      @Override
      public float number(int feature) {
        return values.get(feature) instanceof Number number ? number.floatValue() : Float.NaN;
      }
    };
  }
}
