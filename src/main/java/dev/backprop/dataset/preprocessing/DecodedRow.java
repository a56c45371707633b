package dev.backprop.dataset.preprocessing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A raw row that was read from the inputs of a network.
public final class DecodedRow implements RawRow {

  private final float[] numbers;
  private final @Nullable String[] texts;

  /// A row whose values are all missing.
  DecodedRow(int features) {
    numbers = new float[features];
    Arrays.fill(numbers, Float.NaN);
    texts = new String[features];
  }

  void setNumber(int feature, float number) {
    numbers[feature] = number;
  }

  void setText(int feature, String text) {
    texts[feature] = text;
  }

  @Override
  public int size() {
    return numbers.length;
  }

  @Override
  public @Nullable String text(int feature) {
    return texts[feature];
  }

  @Override
  public float number(int feature) {
    return numbers[feature];
  }
}
