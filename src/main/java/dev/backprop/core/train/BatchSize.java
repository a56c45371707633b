package dev.backprop.core.train;

/// How many rows make one step.
public sealed interface BatchSize {

  /// The rows of a batch from a data set of `n` rows; the last batch of an epoch may have fewer.
  int rows(int n);

  /// All rows make one step: gradient descent as in the textbook.
  record Full() implements BatchSize {
    @Override
    public int rows(int n) {
      return n;
    }
  }

  /// A fixed number of rows; 1 trains on single examples.
  ///
  /// @param size rows of a batch
  record Rows(int size) implements BatchSize {

    /// The size where none is given.
    public static final int DEFAULT_SIZE = 32;

    /// Checks the size.
    ///
    /// @throws IllegalArgumentException if it is below 1
    public Rows {
      if (size < 1) {
        throw new IllegalArgumentException("batchSize must be at least 1, not " + size);
      }
    }

    @Override
    public int rows(int n) {
      return Math.min(size, n);
    }
  }
}
