package dev.backprop.inference;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;

/// The scores of a row, which are probabilities, margins or values: a number for each label or
/// target, in the order of the outputs. It is written to JSON without a box per number.
@JsonSerialize(using = NamedScores.Writer.class)
public final class NamedScores extends AbstractMap<String, Float> {

  private final List<String> names;
  private final float[] numbers;

  /// @param numbers one for each name; kept
  NamedScores(List<String> names, float[] numbers) {
    this.names = names;
    this.numbers = numbers;
  }

  /// The number at a position.
  public float number(int position) {
    return numbers[position];
  }

  /// The numbers in the order of their names.
  public float[] numbers() {
    return numbers.clone();
  }

  /// The position of the largest number; of equal ones the first.
  int largest() {
    int largest = 0;
    for (int i = 1; i < numbers.length; i++) {
      if (numbers[i] > numbers[largest]) {
        largest = i;
      }
    }
    return largest;
  }

  /// The names whose number is at least so much.
  List<String> namesFrom(float threshold) {
    return IntStream.range(0, numbers.length)
        .filter(i -> numbers[i] >= threshold)
        .mapToObj(names::get)
        .toList();
  }

  /// The names with the largest numbers, the largest first; of equal ones the first.
  ///
  /// @param most how many, if there are so many
  /// @param margins whether the numbers are margins, not probabilities
  List<RankedLabel> top(int most, boolean margins) {
    long[] keys = new long[numbers.length];
    for (int i = 0; i < keys.length; i++) {
      int bits = Float.floatToIntBits(numbers[i] + 0f); // 0 for -0
      int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
      keys[i] = ((long) ~ascending << Integer.SIZE) | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys, 0, Math.min(most, keys.length))
        .mapToObj(key -> ranked((int) key, margins))
        .toList();
  }

  private RankedLabel ranked(int position, boolean margins) {
    Float number = numbers[position];
    return new RankedLabel(names.get(position), margins ? null : number, margins ? number : null);
  }

  @Override
  public Set<Map.Entry<String, Float>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, Float>> iterator() {
        return IntStream.range(0, numbers.length)
            .mapToObj(i -> Map.entry(names.get(i), numbers[i]))
            .iterator();
      }

      @Override
      public int size() {
        return numbers.length;
      }
    };
  }

  static final class Writer extends ValueSerializer<NamedScores> {

    @Override
    public void serialize(NamedScores scores, JsonGenerator json, SerializationContext context) {
      json.writeStartObject();
      for (int i = 0; i < scores.numbers.length; i++) {
        json.writeName(scores.names.get(i));
        json.writeNumber(scores.numbers[i]);
      }
      json.writeEndObject();
    }

    @Override
    public boolean isEmpty(SerializationContext context, @Nullable NamedScores scores) {
      return scores == null;
    }
  }
}
