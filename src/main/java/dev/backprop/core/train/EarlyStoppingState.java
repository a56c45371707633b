package dev.backprop.core.train;

/// The best number so far and how many epochs have been waited for a better one.
final class EarlyStoppingState {

  private final EarlyStopping settings;
  private double best;
  private int waited;

  EarlyStoppingState(EarlyStopping settings) {
    this.settings = settings;
    best = settings.mode().worst();
  }

  /// The state to go on with under other settings: the same best and wait where they watch the same
  /// number in the same mode, else a new one.
  EarlyStoppingState with(EarlyStopping others) {
    EarlyStoppingState state = new EarlyStoppingState(others);
    if (others.metric() == settings.metric() && others.mode() == settings.mode()) {
      state.best = best;
      state.waited = waited;
    }
    return state;
  }

  /// Whether the training ends after this epoch.
  boolean endsAfter(EpochReport report) {
    if (report.epoch() <= settings.startEpoch()) {
      return false;
    }
    double value = settings.metric().of(report);
    waited++;
    if (!isBetter(value, best)) {
      return waited >= settings.patience();
    }
    best = value;
    Double baseline = settings.baseline();
    if (baseline == null || isBetter(value, baseline)) {
      waited = 0;
    }
    return false;
  }

  private boolean isBetter(double value, double reference) {
    return settings.mode().isBetter(value, reference, settings.minDelta());
  }
}
