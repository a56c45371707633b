package dev.backprop.core.train;

import java.util.Objects;

/// The best loss so far and how many epochs have been waited for a better one.
final class EarlyStoppingState {

  private final EarlyStopping settings;
  private double best = Double.POSITIVE_INFINITY;
  private int waited;

  EarlyStoppingState(EarlyStopping settings) {
    this.settings = settings;
  }

  /// Whether the training ends after this epoch.
  boolean endsAfter(EpochReport report) {
    if (report.epoch() <= settings.startEpoch()) {
      return false;
    }
    double loss =
        switch (settings.metric()) {
          case VALIDATION_LOSS -> Objects.requireNonNull(report.validationLoss());
          case TRAINING_LOSS -> report.trainingLoss();
        };
    waited++;
    if (!isBetter(loss, best)) {
      return waited >= settings.patience();
    }
    best = loss;
    Double baseline = settings.baseline();
    if (baseline == null || isBetter(loss, baseline)) {
      waited = 0;
    }
    return false;
  }

  private boolean isBetter(double loss, double reference) {
    return loss < reference - settings.minDelta();
  }
}
