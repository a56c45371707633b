package dev.backprop.inference.protocol;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The elements of a tensor as they came in JSON, nested or flat: numbers take no box. What can be
/// wrong with them depends on datatype and shape, which may come after them.
final class TensorData implements Elements {

  private static final int FIRST = 16;

  /// Tensors of tables have two dimensions; deeper than this nobody looks.
  private static final int DEPTHS = 8;

  /// What an element was in JSON.
  enum Kind {
    INTEGER,
    /// Between 2⁶³ and 2⁶⁴ − 1.
    LARGE_INTEGER,
    HUGE_INTEGER,
    FRACTION,
    TRUTH_VALUE,
    TEXT;

    /// Whether an element of a type may be written so.
    boolean fits(Datatype type) {
      return switch (this) {
        case INTEGER -> type != Datatype.BOOL && type != Datatype.BYTES;
        case LARGE_INTEGER -> type == Datatype.UINT64 || FRACTION.fits(type);
        case HUGE_INTEGER, FRACTION ->
            type == Datatype.FP16 || type == Datatype.FP32 || type == Datatype.FP64;
        case TRUTH_VALUE -> type == Datatype.BOOL;
        case TEXT -> type == Datatype.BYTES;
      };
    }
  }

  private float[] numbers = new float[FIRST];
  private String @Nullable [] texts;
  private int count;

  private final Map<Kind, Integer> first = new EnumMap<>(Kind.class);
  private @Nullable Kind last;
  private long least = Long.MAX_VALUE;
  private long greatest = Long.MIN_VALUE;

  private final int[] counts = new int[DEPTHS];
  private final int[] lengths = new int[DEPTHS];
  private int depth;
  private int leaves;
  private boolean ragged;

  TensorData() {
    Arrays.fill(lengths, -1);
  }

  /// An array begins.
  void open() {
    if (depth > 0) {
      element(depth);
    }
    depth++;
  }

  /// The innermost array ends.
  ///
  /// @return whether it was the outermost one
  boolean close() {
    depth--;
    if (depth < DEPTHS) {
      ragged |= lengths[depth] >= 0 && lengths[depth] != counts[depth];
      lengths[depth] = counts[depth];
      counts[depth] = 0;
    }
    return depth == 0;
  }

  private void element(int at) {
    if (at <= DEPTHS) {
      counts[at - 1]++;
    } else {
      ragged = true;
    }
  }

  void addInteger(long number) {
    least = Math.min(least, number);
    greatest = Math.max(greatest, number);
    add(Kind.INTEGER, (float) number);
  }

  void add(Kind kind, float number) {
    ragged |= leaves != 0 && leaves != depth;
    leaves = depth;
    element(depth);
    if (kind != last) {
      first.putIfAbsent(kind, count);
      last = kind;
    }
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    numbers[count++] = number;
  }

  void addText(String text) {
    add(Kind.TEXT, Float.NaN);
    if (texts == null || texts.length < count) {
      texts = texts == null ? new String[numbers.length] : Arrays.copyOf(texts, numbers.length);
    }
    texts[count - 1] = text;
  }

  /// What is wrong with the elements, or null.
  ///
  /// @param shape without negative dimensions
  @Nullable String problem(Datatype type, long[] shape) {
    for (Map.Entry<Kind, Integer> kind : first.entrySet()) {
      if (!kind.getKey().fits(type)) {
        int at = kind.getValue();
        return "element %d is %s, which is no %s".formatted(at, words(kind.getKey(), at), type);
      }
    }
    if (type.isInteger() && first.containsKey(Kind.INTEGER)) {
      for (long number : new long[] {least, greatest}) {
        if (!type.holds(number)) {
          return number + " is beyond the range of " + type;
        }
      }
    }
    return fits(shape) ? null : "the elements do not fill the shape " + Arrays.toString(shape);
  }

  private boolean fits(long[] shape) {
    if (ragged) {
      return false;
    }
    if (leaves == shape.length) {
      for (int d = 0; d < shape.length; d++) {
        if (d >= DEPTHS || lengths[d] != shape[d]) {
          return leaves == 1 && product(shape) == count;
        }
      }
      return true;
    }
    return (leaves == 1 || count == 0) && product(shape) == count;
  }

  private static long product(long[] shape) {
    long product = 1;
    for (long dimension : shape) {
      if (Math.multiplyHigh(product, dimension) != 0 || product * dimension < 0) {
        return Long.MAX_VALUE;
      }
      product *= dimension;
    }
    return product;
  }

  private String words(Kind kind, int at) {
    return switch (kind) {
      case INTEGER, LARGE_INTEGER, HUGE_INTEGER -> "a whole number";
      case FRACTION -> "the number " + numbers[at];
      case TRUTH_VALUE -> numbers[at] == 0 ? "false" : "true";
      case TEXT -> "a text";
    };
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public float number(int index) {
    return numbers[index];
  }

  @Override
  public @Nullable String text(int index) {
    return texts == null ? null : texts[index];
  }
}
