package dev.backprop.core.train;

/// The present rate, the best loss so far, and how long ago it was.
final class PlateauState implements ScheduleState {

  private final Schedule.ReduceOnPlateau settings;
  private final double first;
  private double learningRate;
  private double best = Double.POSITIVE_INFINITY;
  private int waited;
  private int rest;

  PlateauState(Schedule.ReduceOnPlateau settings, double learningRate) {
    this.settings = settings;
    this.learningRate = learningRate;
    first = learningRate;
  }

  /// The same, as if it had begun with another rate.
  PlateauState with(double otherFirst) {
    PlateauState state = new PlateauState(settings, otherFirst);
    if (learningRate < first) {
      double reduced = Math.max(otherFirst * (learningRate / first), settings.minimum());
      state.learningRate = Math.min(otherFirst, reduced);
    }
    state.best = best;
    state.waited = waited;
    state.rest = rest;
    return state;
  }

  @Override
  public double learningRate(int epoch) {
    return learningRate;
  }

  @Override
  public void epochEnded(EpochReport report) {
    if (report.monitored() < best - settings.minDelta()) {
      best = report.monitored();
      waited = 0;
    } else {
      waited++;
    }
    if (rest > 0) {
      rest--;
      waited = 0;
    }
    if (waited > settings.patience()) {
      double reduced = Math.max(learningRate * settings.factor(), settings.minimum());
      learningRate = Math.min(learningRate, reduced);
      rest = settings.cooldown();
      waited = 0;
    }
  }
}
