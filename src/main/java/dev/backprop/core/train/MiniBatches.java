package dev.backprop.core.train;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.SplitMix64;
import java.util.Objects;
import java.util.function.IntUnaryOperator;

/// Cuts examples into the batches of an epoch. The order of an epoch follows from (seed, epoch).
final class MiniBatches {

  private static final long ORDER = 0x0DE2;

  private final Examples examples;
  private final int batchRows;
  private final boolean shuffle;
  private final long seed;
  private final int[] order;
  private final Examples room;

  MiniBatches(Examples examples, BatchSize batchSize, boolean shuffle, long seed) {
    this.examples = examples;
    this.batchRows = batchSize.rows(examples.rows());
    this.shuffle = shuffle && batchRows < examples.rows();
    this.seed = seed;
    order = new int[this.shuffle ? examples.rows() : 0];
    room =
        this.shuffle
            ? new Examples(
                new Matrix(batchRows, examples.x().columns()),
                new Matrix(batchRows, examples.y().columns()),
                examples.w() == null ? null : new Matrix(batchRows, 1))
            : examples;
  }

  /// How many batches an epoch has.
  int count() {
    return Math.ceilDiv(examples.rows(), batchRows);
  }

  /// The rows of the largest batch.
  int maximumRows() {
    return batchRows;
  }

  /// Puts the rows into the order of an epoch.
  ///
  /// Durstenfeld: Algorithm 235: Random Permutation, CACM 1964.
  void start(int epoch) {
    SplitMix64 random = SplitMix64.keyed(seed, ORDER, epoch);
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  /// A batch of the epoch, counted from 0. It is overwritten by the next.
  Examples batch(int index) {
    int from = index * batchRows;
    int count = Math.min(batchRows, examples.rows() - from);
    if (!shuffle) {
      return examples.rows(from, count);
    }
    gather(examples.x(), from, count, room.x());
    gather(examples.y(), from, count, room.y());
    Matrix weights = examples.w();
    if (weights != null) {
      gather(weights, from, count, Objects.requireNonNull(room.w()));
    }
    return room.rows(0, count);
  }

  /// The index among the examples of each row of a batch, all counted from 0.
  IntUnaryOperator rows(int index) {
    int from = index * batchRows;
    return shuffle ? row -> order[from + row] : row -> from + row;
  }

  private void gather(Matrix source, int from, int count, Matrix target) {
    int columns = source.columns();
    for (int row = 0; row < count; row++) {
      System.arraycopy(
          source.values(),
          source.offset(order[from + row]),
          target.values(),
          target.offset(row),
          columns);
    }
  }
}
