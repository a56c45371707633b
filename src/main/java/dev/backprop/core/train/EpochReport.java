package dev.backprop.core.train;

import dev.backprop.core.metric.Scores;
import dev.backprop.core.nn.LayerStatistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an epoch came to.
///
/// @param epoch counted from 1
/// @param trainingLoss mean over the rows, each measured in its batch, before that batch's step
/// @param validationLoss mean over the validation rows after the epoch, or null where there are
///   none
/// @param learningRate η of the epoch
/// @param trainingMetrics of the rows, each measured as its loss is; the same ones in every epoch
/// @param validationMetrics of the validation rows after the epoch, empty where there are none
/// @param layers from the first hidden one to the output, empty where they are not measured
public record EpochReport(
    int epoch,
    double trainingLoss,
    @Nullable Double validationLoss,
    double learningRate,
    Scores trainingMetrics,
    Scores validationMetrics,
    List<LayerStatistics> layers) {

  /// Copies the layers.
  public EpochReport {
    layers = List.copyOf(layers);
  }

  /// Without statistics of layers.
  public EpochReport(
      int epoch,
      double trainingLoss,
      @Nullable Double validationLoss,
      double learningRate,
      Scores trainingMetrics,
      Scores validationMetrics) {
    this(
        epoch,
        trainingLoss,
        validationLoss,
        learningRate,
        trainingMetrics,
        validationMetrics,
        List.of());
  }

  /// Without metrics.
  public EpochReport(
      int epoch, double trainingLoss, @Nullable Double validationLoss, double learningRate) {
    this(epoch, trainingLoss, validationLoss, learningRate, Scores.NONE, Scores.NONE);
  }

  /// The same epoch with these statistics.
  public EpochReport withLayers(List<LayerStatistics> measured) {
    return new EpochReport(
        epoch,
        trainingLoss,
        validationLoss,
        learningRate,
        trainingMetrics,
        validationMetrics,
        measured);
  }

  /// The loss that counts: that of validation where there is one.
  public double monitored() {
    return validationLoss == null ? trainingLoss : validationLoss;
  }
}
