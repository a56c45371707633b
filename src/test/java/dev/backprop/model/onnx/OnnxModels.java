package dev.backprop.model.onnx;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Normalization;
import dev.backprop.core.nn.Parameters;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Lineage;
import dev.backprop.model.Metrics;
import dev.backprop.model.Model;
import dev.backprop.model.Models;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Models with random parameters, as if they had been trained.
final class OnnxModels {

  private OnnxModels() {}

  static Model of(
      List<FeatureEncoder> features, TargetEncoder target, Loss loss, Parameters parameters) {
    Task task =
        switch (target) {
          case TargetEncoder.Classes _ -> Task.CLASSIFICATION;
          case TargetEncoder.Labels _ -> Task.MULTILABEL;
          case TargetEncoder.Values _ -> Task.REGRESSION;
        };
    return new Model(
        "exported",
        3,
        Instant.parse("2026-01-01T10:00:00Z"),
        task,
        new JobSpec(
            "exported",
            null,
            null,
            null,
            task,
            null,
            null,
            Models.training(loss),
            null,
            null,
            null,
            null,
            null),
        new Preprocessor(features, target),
        parameters,
        Metrics.of(0, Map.of(), null, Map.of()),
        new Lineage("job_1", "da7a", 42L, "1.2.3", "9a4a", null, null, 1, List.of(), null),
        null,
        null,
        null);
  }

  /// Weights, biases, γ, β and running statistics, none of which are what they started from.
  static Parameters random(int inputs, LayerSpec... layers) {
    NetworkSpec spec = new NetworkSpec(inputs, List.of(layers));
    Parameters parameters = new Initializer.GlorotNormal().initialize(spec, 5);
    SplitMix64 random = new SplitMix64(6);
    for (int layer = 0; layer < layers.length; layer++) {
      fill(parameters.biases(layer), -0.5, random);
      if (layers[layer].isNormalized()) {
        fill(parameters.gamma(layer), 0.5, random);
        fill(parameters.beta(layer), -0.5, random);
      }
      if (layers[layer].normalization() instanceof Normalization.Batch) {
        fill(parameters.runningMean(layer), -0.5, random);
        fill(parameters.runningVariance(layer), 0.5, random);
      }
    }
    return parameters;
  }

  /// Numbers from `from` to `from + 1`.
  private static void fill(Matrix row, double from, SplitMix64 random) {
    for (int i = 0; i < row.columns(); i++) {
      row.set(0, i, (float) (from + random.nextDouble()));
    }
  }

  /// Names `y1` … `yn`.
  static List<String> targets(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      names.add("y" + i);
    }
    return names;
  }
}
