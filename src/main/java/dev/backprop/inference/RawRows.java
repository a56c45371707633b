package dev.backprop.inference;

import dev.backprop.dataset.preprocessing.RawRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a request as the caller gave them, one value after the other in flat arrays: numbers
/// take no box, and texts take a place only where there are any.
public final class RawRows {

  private static final int FIRST = 16;

  private float[] numbers = new float[FIRST];
  private @Nullable String @Nullable [] texts;
  private int values;

  private int[] ends = new int[FIRST];
  private @Nullable String @Nullable [] errors;
  private @Nullable List<@Nullable List<String>> keys;
  private int rows;
  private long characters;
  private List<String> lastKeys = List.of();

  /// Adds a value to the row that is being read.
  public void addNumber(float number) {
    if (values == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * values);
    }
    numbers[values++] = number;
  }

  /// Adds numbers of a tensor to the row that is being read.
  public void addNumbers(Numbers tensor, int from, int count) {
    if (count > numbers.length - values) {
      numbers = Arrays.copyOf(numbers, Math.max(2 * values, values + count));
    }
    tensor.copy(from, count, numbers, values);
    values += count;
  }

  /// Adds a text to the row that is being read.
  public void addText(String text) {
    addNumber(Float.NaN);
    if (texts == null || texts.length < values) {
      texts = texts == null ? new String[numbers.length] : Arrays.copyOf(texts, numbers.length);
    }
    texts[values - 1] = text;
    characters += text.length();
  }

  /// Adds a missing value to the row that is being read.
  public void addMissing() {
    addNumber(Float.NaN);
  }

  /// Ends the row that is being read.
  ///
  /// @param keyed the key of each value, or null for values in the order of the features
  /// @param error why the row cannot be scored, or null
  public void endRow(@Nullable List<String> keyed, @Nullable String error) {
    if (rows == ends.length) {
      ends = Arrays.copyOf(ends, 2 * rows);
    }
    if (error != null) {
      setError(rows, error);
    }
    if (keyed != null && keys == null) {
      keys = new ArrayList<>(Collections.nCopies(rows, null));
    }
    if (keys != null) {
      keys.add(keyed);
    }
    lastKeys = keyed == null ? lastKeys : keyed;
    ends[rows++] = values;
  }

  /// Says why the last row cannot be scored after all.
  void refuseLastRow(String error) {
    setError(rows - 1, error);
  }

  private void setError(int row, String error) {
    if (errors == null || errors.length <= row) {
      errors = errors == null ? new String[ends.length] : Arrays.copyOf(errors, ends.length);
    }
    errors[row] = error;
  }

  /// Whether no row is half read.
  boolean isBetweenRows() {
    return values == from(rows);
  }

  /// Forgets all rows and keeps the room for others.
  public void clear() {
    if (texts != null) {
      Arrays.fill(texts, null);
    }
    values = 0;
    errors = null;
    keys = null;
    rows = 0;
    characters = 0;
  }

  /// How many rows there are.
  public int size() {
    return rows;
  }

  /// How many characters the texts have, about.
  long characters() {
    return characters;
  }

  /// Why a row cannot be scored, or null.
  @Nullable String error(int row) {
    return errors == null || row >= errors.length ? null : errors[row];
  }

  /// The key of each value of a row, or null for values in the order of the features. Rows with the
  /// same keys in the same order have the same list.
  @Nullable List<String> keys(int row) {
    return keys == null ? null : keys.get(row);
  }

  /// The keys of the last row that had any.
  List<String> lastKeys() {
    return lastKeys;
  }

  /// A row with its values in the order in which they came.
  public RawRow row(int row) {
    int from = from(row);
    return new View(from, ends[row] - from, null);
  }

  /// A row with its values in another order.
  ///
  /// @param order for each feature the place of its value, below 0 where it is missing; kept
  RawRow row(int row, int[] order) {
    return new View(from(row), order.length, order);
  }

  private int from(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  /// Many numbers that are copied at once.
  @FunctionalInterface
  public interface Numbers {

    /// Copies numbers.
    ///
    /// @param at where they go in `target`
    void copy(int from, int count, float[] target, int at);
  }

  private final class View implements RawRow {

    private final int from;
    private final int size;
    private final int @Nullable [] order;

    View(int from, int size, int @Nullable [] order) {
      this.from = from;
      this.size = size;
      this.order = order;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public @Nullable String text(int feature) {
      int place = place(feature);
      return texts == null || place < 0 || place >= texts.length ? null : texts[place];
    }

    @Override
    public float number(int feature) {
      int place = place(feature);
      return place < 0 ? Float.NaN : numbers[place];
    }

    private int place(int feature) {
      if (order == null) {
        return from + feature;
      }
      return order[feature] < 0 ? -1 : from + order[feature];
    }
  }
}
