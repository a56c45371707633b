package dev.backprop.core.train;

/// An objective that is a formula, without a network.
final class Formula implements Objective {

  /// A function of θ, with its gradient.
  interface Function {
    /// The value, and its gradient into the array.
    double at(float[] theta, float[] gradient);
  }

  private final float[] theta;
  private final float[] gradient;
  private final Function function;
  private double value;
  private int evaluations;
  private int limit = Integer.MAX_VALUE;

  Formula(float[] theta, Function function) {
    this.theta = theta;
    this.function = function;
    gradient = new float[theta.length];
    value = function.at(theta, gradient);
  }

  /// Wants the step to end after so many evaluations.
  void stopAfter(int evaluations) {
    limit = this.evaluations + evaluations;
  }

  int evaluations() {
    return evaluations;
  }

  @Override
  public float[] theta() {
    return theta;
  }

  @Override
  public double value() {
    return value;
  }

  @Override
  public float[] gradient() {
    return gradient;
  }

  @Override
  public double evaluate() {
    evaluations++;
    value = function.at(theta, gradient);
    return value;
  }

  @Override
  public boolean isStopRequested() {
    return evaluations >= limit;
  }
}
