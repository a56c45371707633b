package dev.backprop.core.train;

import org.jspecify.annotations.Nullable;

/// The settings that hold at present, and what has become of them: the learning rate of each epoch,
/// and what ends the training after it.
final class Course {

  private final Schedule schedule;
  private final boolean validated;
  private Steering steering;
  private ScheduleState rates;
  private @Nullable EarlyStoppingState stopping;

  /// @param validated whether there are validation rows
  /// @throws IllegalArgumentException if early stopping watches a validation that there is not
  Course(TrainingSpec spec, boolean validated) {
    this.validated = validated;
    schedule = spec.schedule();
    steering = Steering.of(spec);
    requireWatchable(steering.earlyStopping());
    rates = schedule.newState(steering.learningRate());
    stopping = newState(steering.earlyStopping());
  }

  private void requireWatchable(@Nullable EarlyStopping settings) {
    if (settings != null && settings.metric().isOfValidation() && !validated) {
      throw new IllegalArgumentException(
          "early stopping by " + settings.metric() + " needs validation rows");
    }
  }

  private static @Nullable EarlyStoppingState newState(@Nullable EarlyStopping settings) {
    return settings == null ? null : settings.newState();
  }

  /// Goes on with other settings, or with the same if there are none.
  ///
  /// @throws IllegalArgumentException if early stopping watches a validation that there is not
  void steer(@Nullable Steering changed) {
    if (changed == null || changed.equals(steering)) {
      return;
    }
    EarlyStopping next = changed.earlyStopping();
    requireWatchable(next);
    if (changed.learningRate() != steering.learningRate()) {
      rates = schedule.newState(changed.learningRate(), rates);
    }
    stopping = next == null || stopping == null ? newState(next) : stopping.with(next);
    steering = changed;
  }

  int epochs() {
    return steering.epochs();
  }

  double learningRate(int epoch) {
    return rates.learningRate(epoch);
  }

  boolean isBetter(EpochReport epoch, EpochReport other) {
    return steering.isBetter(epoch, other);
  }

  /// Hears of an epoch.
  ///
  /// @return why the training ends after it, or null
  @Nullable StopReason epochEnded(EpochReport report) {
    rates.epochEnded(report);
    Double target = steering.targetLoss();
    if (target != null && report.trainingLoss() <= target) {
      return StopReason.TARGET_REACHED;
    }
    return stopping != null && stopping.endsAfter(report) ? StopReason.EARLY_STOPPING : null;
  }
}
