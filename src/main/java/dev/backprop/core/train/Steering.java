package dev.backprop.core.train;

import org.jspecify.annotations.Nullable;

/// What of a training may change from one epoch to the next.
///
/// @param learningRate the optimizer's η, from which the schedule goes on
/// @param epochs how often to go through the rows, at most; the shape of the schedule stays
/// @param targetLoss a training loss at which to stop, or null
/// @param earlyStopping ends the training when it no longer gets better, or null; one that watches
///   the same number in the same mode goes on waiting where the one before it was
public record Steering(
    double learningRate,
    int epochs,
    @Nullable Double targetLoss,
    @Nullable EarlyStopping earlyStopping) {

  /// What of the settings may change.
  public static Steering of(TrainingSpec spec) {
    return new Steering(
        spec.optimizer().learningRate(), spec.epochs(), spec.targetLoss(), spec.earlyStopping());
  }

  /// Whether an epoch found better parameters than another: by what early stopping watches, else by
  /// the loss, of validation where there is any.
  public boolean isBetter(EpochReport epoch, EpochReport other) {
    return earlyStopping == null
        ? epoch.monitored() < other.monitored()
        : earlyStopping.isBetter(epoch, other);
  }
}
