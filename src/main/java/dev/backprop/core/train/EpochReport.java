package dev.backprop.core.train;

import org.jspecify.annotations.Nullable;

/// What an epoch came to.
///
/// @param epoch counted from 1
/// @param trainingLoss mean over the rows, each measured in its batch, before that batch's step
/// @param validationLoss mean over the validation rows after the epoch, or null where there are
///   none
/// @param learningRate η of the epoch
public record EpochReport(
    int epoch, double trainingLoss, @Nullable Double validationLoss, double learningRate) {

  /// What decides which parameters are the best: the validation loss where there is one.
  public double monitored() {
    return validationLoss == null ? trainingLoss : validationLoss;
  }
}
