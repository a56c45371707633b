package dev.backprop.core.train;

import dev.backprop.core.linalg.Workers;
import dev.backprop.core.nn.Backprop;
import dev.backprop.core.nn.Masks;
import dev.backprop.core.nn.Parameters;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The objective of one batch after the other, by backpropagation.
final class BatchObjective implements Objective {

  private final Backprop backprop;
  private final TrainingSpec spec;
  private final BooleanSupplier stopRequested;
  private final Workers workers;
  private @Nullable Examples batch;
  private double loss;
  private int evaluations;

  /// @param stopRequested whether a line search should end where it is
  BatchObjective(
      Backprop backprop, TrainingSpec spec, BooleanSupplier stopRequested, Workers workers) {
    this.backprop = backprop;
    this.spec = spec;
    this.stopRequested = stopRequested;
    this.workers = workers;
  }

  /// Goes on to a batch, and takes its gradients as backpropagation left them.
  ///
  /// @param measured L of the batch at the present θ
  void begin(Examples next, double measured) {
    batch = next;
    evaluations = 0;
    penalize(measured);
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
    Examples rows = Objects.requireNonNull(batch);
    penalize(backprop.gradients(rows.x(), rows.y(), rows.w(), Masks.NONE));
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
