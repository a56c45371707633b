package dev.backprop.core.train;

import dev.backprop.core.train.LineSearch.Line;
import dev.backprop.core.train.LineSearch.Point;

/// The curvature met so far, and the point where the last step began.
final class LbfgsState implements OptimizerState {

  private final int maxEvaluations;
  private final CurvaturePairs pairs;
  private final float[] theta;
  private final float[] gradient;
  private final float[] direction;
  private boolean started;
  private boolean rests;

  LbfgsState(Lbfgs settings, int parameters) {
    maxEvaluations = settings.maxEvaluations();
    pairs = new CurvaturePairs(settings.memory(), parameters);
    theta = new float[parameters];
    gradient = new float[parameters];
    direction = new float[parameters];
  }

  @Override
  public boolean step(Objective objective, double learningRate) {
    if (rests) {
      return true;
    }
    begin(objective);
    Along line = new Along(objective);
    if (descends(line, learningRate)) {
      return line.endsWhereEvaluated();
    }
    if (pairs.isEmpty()) {
      rests = !objective.isStopRequested();
    }
    pairs.clear();
    return line.endsWhereEvaluated();
  }

  /// Learns from the step before, and keeps the point from which this one goes.
  private void begin(Objective objective) {
    if (started) {
      pairs.add(theta, gradient, objective.theta(), objective.gradient());
    }
    started = true;
    System.arraycopy(objective.theta(), 0, theta, 0, theta.length);
    System.arraycopy(objective.gradient(), 0, gradient, 0, gradient.length);
  }

  /// Moves θ to a lower point along the direction, or leaves it where it was.
  private boolean descends(Along line, double learningRate) {
    pairs.direct(gradient, direction);
    double slope = CurvaturePairs.dot(gradient, direction);
    if (!(slope < 0 && Double.isFinite(slope))) {
      return false;
    }
    double first = pairs.isEmpty() ? learningRate * Math.min(1, 1 / norm1(gradient)) : learningRate;
    Point start = new Point(0, line.objective.value(), slope);
    Point found = LineSearch.search(line, start, first, maxEvaluations);
    line.endAt(found.step());
    return found.step() > 0;
  }

  private static double norm1(float[] g) {
    double sum = 0;
    for (float number : g) {
      sum += Math.abs(number);
    }
    return sum;
  }

  /// `θ ← θ₀ + α·d`.
  ///
  /// @return whether all of θ is finite
  private boolean move(float[] target, double step) {
    boolean finite = true;
    for (int i = 0; i < target.length; i++) {
      target[i] = (float) (theta[i] + step * direction[i]);
      finite &= Float.isFinite(target[i]);
    }
    return finite;
  }

  /// The objective along the direction.
  private final class Along implements Line {

    private final Objective objective;
    private double evaluated;
    private double end;

    Along(Objective objective) {
      this.objective = objective;
    }

    @Override
    public Point at(double step) {
      if (!move(objective.theta(), step)) {
        return new Point(step, Double.POSITIVE_INFINITY, Double.NaN);
      }
      evaluated = step;
      double value = objective.evaluate();
      return new Point(step, value, CurvaturePairs.dot(objective.gradient(), direction));
    }

    void endAt(double step) {
      end = step;
      move(objective.theta(), step);
    }

    /// At first both are the start.
    boolean endsWhereEvaluated() {
      return end == evaluated;
    }

    @Override
    public boolean isStopRequested() {
      return objective.isStopRequested();
    }
  }
}
