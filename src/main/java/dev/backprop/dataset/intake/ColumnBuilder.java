package dev.backprop.dataset.intake;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.NumberFormat;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// A column while it is being read: four bytes a cell, and each distinct text once.
///
/// The first cell that is not missing decides whether it is a column of numbers or of categories;
/// one of nothing but booleans becomes a column of these.
final class ColumnBuilder {

  /// Longer texts are not categories.
  static final int MAX_TEXT = 1_000;

  /// Stands for a missing cell in both kinds: the bits of NaN, and larger than any code.
  private static final int MISSING = Float.floatToIntBits(Float.NaN);

  private final CellChunks cells = new CellChunks();
  private final Map<String, Integer> dictionary = new HashMap<>(0);
  private boolean hasNumbers;
  private boolean hasTexts;
  private int missing;
  private String newest = "";
  private int newestAt = -1;

  boolean hasNumbers() {
    return hasNumbers;
  }

  boolean hasCategories() {
    return !dictionary.isEmpty();
  }

  int size() {
    return cells.size();
  }

  /// How many cells are not missing.
  int filled() {
    return cells.size() - missing;
  }

  void addMissing() {
    missing++;
    cells.add(MISSING);
  }

  void addNumber(float value) {
    hasNumbers = true;
    cells.add(Float.floatToRawIntBits(value));
  }

  /// Adds a boolean, which is a category if there are texts beside it.
  boolean addBoolean(boolean value, int maxCategories) {
    return add(Boolean.toString(value), maxCategories);
  }

  /// Adds a text unless it would be one distinct text too many.
  boolean addCategory(String text, int maxCategories) {
    hasTexts = true;
    return add(text, maxCategories);
  }

  private boolean add(String text, int maxCategories) {
    Integer code = dictionary.get(text);
    if (code == null) {
      if (dictionary.size() == maxCategories) {
        return false;
      }
      code = dictionary.size();
      dictionary.put(text, code);
      newest = text;
      newestAt = cells.size();
    }
    cells.add(code);
    return true;
  }

  /// Takes out the cells from this one on, the last one at most, and the text that came with it.
  void truncate(int size) {
    if (cells.size() > size) {
      missing -= cells.removeLast() == MISSING ? 1 : 0;
    }
    if (newestAt >= size) {
      dictionary.remove(newest);
      newestAt = -1;
      hasTexts &= hasCategories();
    }
  }

  /// The column so far; one whose cells are all missing is a column of numbers.
  Column build(String name) {
    if (hasTexts) {
      return categoryColumn(name);
    }
    return hasCategories() ? booleanColumn(name) : build(name, NumberFormat.NUMBER);
  }

  /// The column so far, whose cells are numbers or missing.
  NumberColumn build(String name, NumberFormat format) {
    float[] values = new float[cells.size()];
    cells.forEach((row, cell) -> values[row] = Float.intBitsToFloat(cell));
    return new NumberColumn(name, values, format);
  }

  private NumberColumn booleanColumn(String name) {
    int yes = dictionary.getOrDefault("true", -1);
    float[] values = new float[cells.size()];
    cells.forEach((row, cell) -> values[row] = cell == MISSING ? Float.NaN : cell == yes ? 1 : 0);
    return new NumberColumn(name, values, NumberFormat.BOOLEAN);
  }

  /// How many different texts there are.
  int categories() {
    return dictionary.size();
  }

  private CategoryColumn categoryColumn(String name) {
    String[] sorted = dictionary.keySet().toArray(String[]::new);
    Arrays.sort(sorted);
    int[] rank = new int[sorted.length];
    for (int i = 0; i < sorted.length; i++) {
      rank[dictionary.getOrDefault(sorted[i], 0)] = i;
    }
    int[] codes = new int[cells.size()];
    cells.forEach(
        (row, cell) -> codes[row] = cell == MISSING ? CategoryColumn.MISSING : rank[cell]);
    return new CategoryColumn(name, Arrays.asList(sorted), codes);
  }
}
