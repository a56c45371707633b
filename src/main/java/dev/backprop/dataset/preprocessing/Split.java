package dev.backprop.dataset.preprocessing;

import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.dataset.Dataset;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The rows to train with and those to validate with; no row is in both.
public final class Split {

  /// More folds than this are taken for a mistake.
  public static final int MAX_FOLDS = 20;

  private final int[] trainingRows;
  private final int[] validationRows;

  /// Keeps the arrays; the caller gives them away.
  Split(int[] trainingRows, int[] validationRows) {
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
          "#/validation/fraction",
          "the validation fraction is %s, a number between 0 and 1 is expected"
              .formatted(validationFraction));
    }
    int wanted = (int) Math.round(rows * validationFraction);
    if (wanted == 0 || wanted == rows) {
      throw invalid(
          "#/validation/fraction",
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

  /// As a column says: `train`, `training`, `false` or 0 is for training; `validation`, `valid`,
  /// `val`, `true` or 1 for validation; `test` for validation if nothing else is, else for neither.
  ///
  /// @param errors takes what is wrong with the column, at `#/validation/column`
  /// @return nothing, exactly if errors were added
  public static Optional<Split> byColumn(Dataset data, String column, InputErrors errors) {
    return SplitColumn.split(data, column, errors);
  }

  /// Divides the rows at random into folds whose sizes differ by at most one, the same way for the
  /// same seed; in each split one of them is for validation and the others for training.
  ///
  /// @param rows how many there are
  /// @param folds from 2 to [#MAX_FOLDS], and no more than there are rows
  /// @param classes the class of each row from 0, so that the folds have as many rows of each, to
  ///   within one; or null
  /// @return a split for each fold, made whenever it is asked for, so that memory is for one of
  ///   them; each row is in the validation rows of one
  /// @throws ProblemException [ProblemType#INVALID_SPECIFICATION] if there cannot be so many
  public static List<Split> folds(int rows, int folds, long seed, int @Nullable [] classes) {
    if (folds < 2 || folds > Math.min(rows, MAX_FOLDS)) {
      throw invalid(
          "#/validation/folds",
          "%d rows make 2 to %d folds, not %d".formatted(rows, Math.min(rows, MAX_FOLDS), folds));
    }
    int[] order = shuffled(rows, new SplitMix64(seed));
    int[] dealt = classes == null ? order : groupedByClass(order, classes);
    int[] foldOf = new int[rows];
    for (int i = 0; i < rows; i++) {
      foldOf[dealt[i]] = i % folds;
    }
    return new AbstractList<>() {
      @Override
      public Split get(int fold) {
        Objects.checkIndex(fold, folds);
        return new Split(
            IntStream.range(0, rows).filter(row -> foldOf[row] != fold).toArray(),
            IntStream.range(0, rows).filter(row -> foldOf[row] == fold).toArray());
      }

      @Override
      public int size() {
        return folds;
      }
    };
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
    if (classes.length != order.length) {
      throw new IllegalArgumentException(classes.length + " classes for " + order.length + " rows");
    }
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

  private static ProblemException invalid(String pointer, String detail) {
    return new ProblemException(
        ProblemType.INVALID_SPECIFICATION, detail, List.of(InputError.at(pointer, detail)));
  }
}
