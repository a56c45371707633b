package dev.backprop.job;

import dev.backprop.core.nn.Normalization;
import dev.backprop.core.train.BatchSize;
import dev.backprop.model.spec.LbfgsSettings;
import dev.backprop.model.spec.NetworkSettings;
import dev.backprop.model.spec.NetworkSettings.Layer;
import dev.backprop.model.spec.TrainingSettings;
import dev.backprop.problem.InputErrors;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Says where batch normalization cannot work: on single rows, and in a line search.
final class BatchNormalizationCheck {

  private BatchNormalizationCheck() {}

  /// Adds all that does not fit within the settings.
  static void check(
      TrainingSettings settings, @Nullable NetworkSettings network, InputErrors errors) {
    List<String> layers = layers(network);
    if (settings.optimizer() instanceof LbfgsSettings) {
      layers.forEach(
          pointer ->
              errors.add(
                  pointer,
                  "lbfgs evaluates several points for a step, and the running mean and variance of"
                      + " batch normalization follow single ones; take \"layer\", or another"
                      + " optimizer, such as adam"));
    }
    if (!layers.isEmpty()
        && settings.batchSize() instanceof BatchSize.Rows rows
        && rows.size() == 1) {
      errors.add(
          "#/training/batchSize",
          "batch normalization needs batches of at least 2 rows, got 1: a single row has no"
              + " variance; take more, such as 32, or the normalization \"layer\"");
    }
  }

  /// Adds an error for each layer that a single training row leaves without a variance.
  static void checkRows(@Nullable NetworkSettings network, int trainingRows, InputErrors errors) {
    if (trainingRows == 1) {
      layers(network)
          .forEach(
              pointer ->
                  errors.add(
                      pointer,
                      "batch normalization needs at least 2 training rows, there is 1; take"
                          + " \"layer\", or give more rows"));
    }
  }

  /// The places of batch normalization.
  private static List<String> layers(@Nullable NetworkSettings network) {
    List<Layer> hidden = network == null || network.hidden() == null ? List.of() : network.hidden();
    return IntStream.range(0, hidden.size())
        .filter(i -> isBatch(hidden.get(i)))
        .mapToObj(i -> "#/network/hidden/" + i + "/normalization")
        .toList();
  }

  /// @param layer absent where it could not be read
  private static boolean isBatch(@Nullable Layer layer) {
    return layer != null && layer.normalization() instanceof Normalization.Batch;
  }
}
