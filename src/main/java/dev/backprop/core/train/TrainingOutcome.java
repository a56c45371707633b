package dev.backprop.core.train;

import dev.backprop.core.nn.Overflow;
import dev.backprop.core.nn.Parameters;
import org.jspecify.annotations.Nullable;

/// What a training came to.
///
/// @param reason why it ended
/// @param epochs how many epochs are complete
/// @param last the parameters after the last step
/// @param best the parameters with the lowest loss, or what early stopping watches at its best;
///   null if no epoch was completed, or if it diverged before it had any that work
/// @param divergence where the loss stopped being finite, or null
public record TrainingOutcome(
    StopReason reason,
    int epochs,
    Parameters last,
    @Nullable Best best,
    @Nullable Divergence divergence) {

  /// The best parameters.
  ///
  /// @param parameters θ
  /// @param report the epoch that found them: the best one, or the last where the parameters after
  ///   its step are better still
  public record Best(Parameters parameters, EpochReport report) {}

  /// The place of a divergence.
  ///
  /// @param epoch counted from 1
  /// @param batch counted from 1
  /// @param loss the loss that was not finite, or the epoch's, measured before its steps, if only
  ///   the parameters after it are of no use
  /// @param overflow the layer where it began
  public record Divergence(int epoch, int batch, double loss, Overflow overflow) {}
}
