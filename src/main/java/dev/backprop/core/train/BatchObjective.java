package dev.backprop.core.train;

import dev.backprop.core.linalg.Workers;
import dev.backprop.core.nn.Backprop;
import dev.backprop.core.nn.Masks;
import dev.backprop.core.nn.Parameters;
import java.util.function.BooleanSupplier;

/// The objective of one batch, by backpropagation.
final class BatchObjective implements Objective {

  private final Backprop backprop;
  private final TrainingSpec spec;
  private final Examples batch;
  private final BooleanSupplier stopRequested;
  private final Workers workers;
  private double loss;
  private int evaluations;

  /// Takes the gradients as backpropagation left them.
  ///
  /// @param loss of the batch at the present θ
  /// @param stopRequested whether a line search should end where it is
  BatchObjective(
      Backprop backprop,
      TrainingSpec spec,
      Examples batch,
      double loss,
      BooleanSupplier stopRequested,
      Workers workers) {
    this.backprop = backprop;
    this.spec = spec;
    this.batch = batch;
    this.stopRequested = stopRequested;
    this.workers = workers;
    penalize(loss);
  }

  private void penalize(double measured) {
    loss = measured;
    spec.regularization().addGradient(parameters(), backprop.gradients(), workers);
    spec.gradientClipping().clipInPlace(gradient());
  }

  private Parameters parameters() {
    return backprop.network().parameters();
  }

  @Override
  public float[] theta() {
    return parameters().values();
  }

  /// L of the batch where it was evaluated last, without penalty.
  double loss() {
    return loss;
  }

  /// How often it was evaluated since it came.
  int evaluations() {
    return evaluations;
  }

  @Override
  public double value() {
    return loss + spec.regularization().penalty(parameters());
  }

  @Override
  public float[] gradient() {
    return backprop.gradients().values();
  }

  @Override
  public double evaluate() {
    evaluations++;
    penalize(backprop.gradients(batch.x(), batch.y(), batch.w(), Masks.NONE));
    return value();
  }

  @Override
  public boolean isStopRequested() {
    return stopRequested.getAsBoolean();
  }

  @Override
  public Workers workers() {
    return workers;
  }
}
