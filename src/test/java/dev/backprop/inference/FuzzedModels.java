package dev.backprop.inference;

import dev.backprop.core.linalg.PlainBlas;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.dataset.preprocessing.CategoryEncoder;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Model;
import dev.backprop.model.Models;
import java.time.Instant;
import java.util.List;

/// Models that are asked with any bytes.
public final class FuzzedModels {

  static final Predictor PREDICTOR = new Predictor(new Products(new PlainBlas()));

  /// Two numbers, which one tensor can hold.
  public static final Model NUMBERS =
      model(
          List.of(number("size"), number("weight")),
          new TargetEncoder.Values(List.of("y")),
          new float[] {2, 3, -1});

  /// A number and one of two categories.
  public static final Model MIXED =
      model(
          List.of(
              number("size"),
              new CategoryEncoder("color", List.of("blue", "red"), List.of(), null, false, false)),
          new TargetEncoder.Values(List.of("y")),
          new float[] {2, 0, 5, -1});

  private FuzzedModels() {}

  /// What one of them says of rows.
  public static List<Prediction> score(Model model, RawRows rows) {
    return PREDICTOR.score(model, rows, PredictOptions.NONE);
  }

  /// Asks one of them.
  public static RowScorer scorer(Model model, int rows) {
    return PREDICTOR.scorer(model, rows);
  }

  private static FeatureEncoder number(String name) {
    return new NumberEncoder(name, new Scaler.Standardize(10, 2), 6, 20, null, false);
  }

  private static Model model(
      List<FeatureEncoder> features, TargetEncoder target, float[] parameters) {
    NetworkSpec network =
        new NetworkSpec(parameters.length - 1, List.of(new LayerSpec(1, new Activation.Linear())));
    return Models.of(
        "fuzzed",
        1,
        Instant.parse("2026-01-01T10:00:00Z"),
        new Preprocessor(features, target),
        new Parameters(network, parameters));
  }
}
