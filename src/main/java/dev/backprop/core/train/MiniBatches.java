package dev.backprop.core.train;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.SplitMix64;
import java.util.Objects;

/// Cuts examples into the batches of an epoch. The order of an epoch follows from (seed, epoch).
///
/// Unless one batch has all rows, each is copied to the same place, so that what was prepared for
/// one serves all.
final class MiniBatches {

  private static final long ORDER = 0x0DE2;

  private final Examples examples;
  private final int batchRows;
  private final boolean shuffle;
  private final long seed;
  private final int[] order;
  private final Examples room;

  /// The last of an epoch, which may be smaller.
  private final Examples lastRoom;

  /// The first row of the present batch.
  private int from;

  MiniBatches(Examples examples, BatchSize batchSize, boolean shuffle, long seed) {
    this.examples = examples;
    this.batchRows = batchSize.rows(examples.rows());
    this.shuffle = shuffle && batchRows < examples.rows();
    this.seed = seed;
    order = new int[this.shuffle ? examples.rows() : 0];
    room = count() == 1 ? examples : roomFor(examples, batchRows);
    lastRoom = room.rows(0, examples.rows() - (count() - 1) * batchRows);
  }

  /// Batches in the order of the examples.
  MiniBatches(Examples examples, int batchRows) {
    this(examples, new BatchSize.Rows(batchRows), false, 0);
  }

  private static Examples roomFor(Examples examples, int rows) {
    return new Examples(
        new Matrix(rows, examples.x().columns()),
        new Matrix(rows, examples.y().columns()),
        examples.w() == null ? null : new Matrix(rows, 1));
  }

  /// How many batches an epoch has.
  int count() {
    return Math.ceilDiv(examples.rows(), batchRows);
  }

  /// How many rows an epoch has.
  int rows() {
    return examples.rows();
  }

  /// The rows of the largest batch.
  int maximumRows() {
    return batchRows;
  }

  /// Puts the rows into the order of an epoch.
  ///
  /// Durstenfeld: Algorithm 235: Random Permutation, CACM 1964.
  void start(int epoch) {
    if (!shuffle) {
      return;
    }
    SplitMix64 random = SplitMix64.keyed(seed, ORDER, epoch);
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  /// A batch of the epoch, counted from 0. It is overwritten by the next.
  Examples batch(int index) {
    from = index * batchRows;
    if (count() == 1) {
      return examples;
    }
    Examples batch = index == count() - 1 ? lastRoom : room;
    fill(batch.x(), examples.x());
    fill(batch.y(), examples.y());
    if (batch.w() != null) {
      fill(batch.w(), Objects.requireNonNull(examples.w()));
    }
    return batch;
  }

  /// The index among the examples of a row of the present batch, both counted from 0.
  int index(int row) {
    return shuffle ? order[from + row] : from + row;
  }

  private void fill(Matrix batch, Matrix source) {
    if (!shuffle) {
      System.arraycopy(
          source.values(), source.offset(from), batch.values(), batch.offset(), batch.size());
      return;
    }
    for (int row = 0; row < batch.rows(); row++) {
      System.arraycopy(
          source.values(),
          source.offset(order[from + row]),
          batch.values(),
          batch.offset(row),
          batch.columns());
    }
  }
}
