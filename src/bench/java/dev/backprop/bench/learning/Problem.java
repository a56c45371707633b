package dev.backprop.bench.learning;

import java.util.List;

/// What to learn, and how.
///
/// @param name for the table and the model
/// @param goal what has to be reached on the rows held out
/// @param data makes the rows of a seed
/// @param hidden units of each hidden layer
/// @param activation of the hidden layers
/// @param learningRate of Adam
/// @param batchSize rows of a step
/// @param epochs how many
/// @param standardize whether inputs are brought to mean 0 and deviation 1
record Problem(
    String name,
    Goal goal,
    DataSource data,
    List<Integer> hidden,
    String activation,
    double learningRate,
    int batchSize,
    int epochs,
    boolean standardize) {

  /// Makes the rows to learn from and those held out.
  @FunctionalInterface
  interface DataSource {

    Rows rows(Server server, int seed);
  }

  /// What has to be reached.
  sealed interface Goal {

    /// Whether this score is enough.
    boolean reached(double score);

    /// A share of right labels.
    record Accuracy(double least) implements Goal {

      @Override
      public boolean reached(double score) {
        return score >= least;
      }
    }

    /// A root mean squared error within 5 % of the noise.
    record Rmse(double noise) implements Goal {

      @Override
      public boolean reached(double score) {
        return score <= 1.05 * noise;
      }
    }
  }

  boolean isClassification() {
    return goal instanceof Goal.Accuracy;
  }

  /// The output and its loss, as scikit-learn has them.
  String output(int classes) {
    return classes == 0 ? "linear" : classes == 2 ? "sigmoid" : "softmax";
  }
}
