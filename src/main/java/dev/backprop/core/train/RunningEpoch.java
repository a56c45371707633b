package dev.backprop.core.train;

/// An epoch that has begun and not ended: how far it is and what its mini-batches came to.
final class RunningEpoch {

  private final int number;
  private final double learningRate;
  private int batches;
  private double sum;

  /// @param number counted from 1
  RunningEpoch(int number, double learningRate) {
    this.number = number;
    this.learningRate = learningRate;
  }

  int number() {
    return number;
  }

  double learningRate() {
    return learningRate;
  }

  /// How many mini-batches are done.
  int batches() {
    return batches;
  }

  /// The losses of all rows so far, added up.
  double sum() {
    return sum;
  }

  /// A mini-batch is done.
  ///
  /// @param loss of its rows, added up
  void add(double loss) {
    sum += loss;
    batches++;
  }
}
