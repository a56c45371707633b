package dev.backprop.dataset;

import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The rows to train with and those to validate with; each row is in one of the two.
public final class Split {

  private final int[] trainingRows;
  private final int[] validationRows;

  private Split(int[] trainingRows, int[] validationRows) {
    this.trainingRows = trainingRows;
    this.validationRows = validationRows;
  }

  /// Splits at random, the same way for the same seed.
  ///
  /// @param rows how many there are
  /// @param validationFraction share of the rows to validate with, between 0 and 1
  /// @param classes the class of each row from 0, to split each class in that proportion; or null
  /// @throws ProblemException [ProblemType#INVALID_SPECIFICATION] if one side would be empty
  public static Split of(int rows, double validationFraction, long seed, int @Nullable [] classes) {
    if (!(validationFraction > 0 && validationFraction < 1)) {
      throw invalid(
          "the validation fraction is %s, a number between 0 and 1 is expected"
              .formatted(validationFraction));
    }
    int wanted = (int) Math.round(rows * validationFraction);
    if (wanted == 0 || wanted == rows) {
      throw invalid(
          "a validation fraction of %s leaves no rows for %s: there are %d rows"
              .formatted(validationFraction, wanted == 0 ? "validation" : "training", rows));
    }
    int[] order = shuffled(rows, new SplitMix64(seed));
    boolean[] validation =
        classes == null ? firstOf(order, wanted) : stratified(order, wanted, classes);
    return new Split(where(validation, false), where(validation, true));
  }

  /// All rows for training, none for validation.
  public static Split trainingOnly(int rows) {
    return new Split(IntStream.range(0, rows).toArray(), new int[0]);
  }

  /// Ascending.
  public int[] trainingRows() {
    return trainingRows.clone();
  }

  /// Ascending.
  public int[] validationRows() {
    return validationRows.clone();
  }

  private static int[] shuffled(int rows, SplitMix64 random) {
    int[] order = IntStream.range(0, rows).toArray();
    for (int i = rows - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    return order;
  }

  private static boolean[] firstOf(int[] order, int wanted) {
    boolean[] chosen = new boolean[order.length];
    for (int i = 0; i < wanted; i++) {
      chosen[order[i]] = true;
    }
    return chosen;
  }

  /// Walks through the rows class by class and takes every row at which the running share of the
  /// validation rows reaches the next whole number: each class gets its share but for less than one
  /// row, and all together exactly what is wanted.
  private static boolean[] stratified(int[] order, int wanted, int[] classes) {
    int rows = order.length;
    if (classes.length != rows) {
      throw new IllegalArgumentException(classes.length + " classes for " + rows + " rows");
    }
    int[] byClass = groupedByClass(order, classes);
    boolean[] chosen = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      long before = (long) i * wanted / rows;
      long after = (i + 1L) * wanted / rows;
      chosen[byClass[i]] = after > before;
    }
    return chosen;
  }

  /// The rows sorted by class, within each class in the order given.
  private static int[] groupedByClass(int[] order, int[] classes) {
    int[] next = new int[IntStream.of(classes).max().orElse(0) + 2];
    for (int label : classes) {
      next[label + 1]++;
    }
    Arrays.parallelPrefix(next, Integer::sum);
    int[] grouped = new int[order.length];
    for (int row : order) {
      grouped[next[classes[row]]++] = row;
    }
    return grouped;
  }

  private static int[] where(boolean[] chosen, boolean value) {
    return IntStream.range(0, chosen.length).filter(row -> chosen[row] == value).toArray();
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(
        ProblemType.INVALID_SPECIFICATION,
        detail,
        List.of(InputError.at("#/validation/fraction", detail)));
  }
}
