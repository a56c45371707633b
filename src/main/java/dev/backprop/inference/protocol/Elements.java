package dev.backprop.inference.protocol;

import dev.backprop.inference.RawRows;
import org.jspecify.annotations.Nullable;

/// The elements of a tensor, row-major.
interface Elements extends RawRows.Numbers {

  /// How many there are.
  int count();

  /// The number at an index, NaN if it is a text.
  float number(int index);

  /// The text at an index, null if it is a number.
  @Nullable String text(int index);

  @Override
  default void copy(int from, int count, float[] target, int at) {
    for (int i = 0; i < count; i++) {
      target[at + i] = number(from + i);
    }
  }

  /// Elements of a fixed size in little-endian bytes.
  record Fixed(Datatype type, TensorBytes data, int count) implements Elements {

    @Override
    public float number(int index) {
      return data.number(type, index);
    }

    @Override
    public void copy(int from, int count, float[] target, int at) {
      if (type == Datatype.FP32) {
        data.copyFloats(from, count, target, at);
      } else {
        Elements.super.copy(from, count, target, at);
      }
    }

    @Override
    public @Nullable String text(int index) {
      return null;
    }
  }

  /// Texts.
  @SuppressWarnings("ArrayRecordComponent")
  record Texts(String[] texts) implements Elements {

    @Override
    public int count() {
      return texts.length;
    }

    @Override
    public float number(int index) {
      return Float.NaN;
    }

    @Override
    public String text(int index) {
      return texts[index];
    }
  }
}
