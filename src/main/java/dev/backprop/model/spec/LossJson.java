package dev.backprop.model.spec;

import dev.backprop.core.nn.Loss;
import java.util.List;

/// A loss in JSON: its name, or an object with its number.
public final class LossJson {

  /// Every loss, with default numbers.
  static final List<Loss> ALL =
      List.of(
          new Loss.MeanSquaredError(),
          new Loss.MeanAbsoluteError(),
          new Loss.Huber(Loss.Huber.DEFAULT_DELTA),
          new Loss.LogCosh(),
          new Loss.Quantile(Loss.Quantile.DEFAULT_Q),
          new Loss.Poisson(),
          new Loss.BinaryCrossEntropy(),
          new Loss.CategoricalCrossEntropy(),
          new Loss.Hinge());

  /// What the OpenAPI document says of them.
  static final String FORMS =
      """
      A name, such as `"meanSquaredError"`, or an object with the name as its `type` and the number
      that it has, such as `{"type": "huber", "delta": 2}`. With a an output, y its target and e = a −
      y, a mean over the rows and, but for categoricalCrossEntropy, over the outputs:

      | name | loss | number |
      |---|---|---|
      | `meanSquaredError` | e² | |
      | `meanAbsoluteError` | abs e | |
      | `huber` | e²/2 up to abs e = delta, else delta·(abs e − delta/2) | `delta`, 1e-6 to 1e6, by default 1 |
      | `logCosh` | ln cosh e | |
      | `quantile` | (1 − q)·e above 0, else −q·e | `q`, above 0 and below 1, by default 0.5 |
      | `poisson` | a − y·ln a, for targets from 0 on | |
      | `binaryCrossEntropy` | −y·ln a − (1 − y)·ln(1 − a), for targets from 0 to 1 | |
      | `categoricalCrossEntropy` | −Σ y′·ln a with y′ = (1 − labelSmoothing)·y + labelSmoothing/classes | `labelSmoothing`, from 0 to below 1, by default 0 |
      | `hinge` | max(0, 1 − t·a) with t = −1 for y = 0 and 1 for y = 1 | |
      """;

  private LossJson() {}

  /// The name in JSON.
  public static String name(Loss loss) {
    return choice(loss).name();
  }

  static Choice<Loss> choice(Loss loss) {
    return switch (loss) {
      case Loss.MeanSquaredError l -> Choice.of("meanSquaredError", l);
      case Loss.MeanAbsoluteError l -> Choice.of("meanAbsoluteError", l);
      case Loss.Huber l ->
          Choice.of("huber", l, "delta", l.delta(), Loss.Huber.DEFAULT_DELTA, Loss.Huber::new);
      case Loss.LogCosh l -> Choice.of("logCosh", l);
      case Loss.Quantile l ->
          Choice.of("quantile", l, "q", l.q(), Loss.Quantile.DEFAULT_Q, Loss.Quantile::new);
      case Loss.Poisson l -> Choice.of("poisson", l);
      case Loss.BinaryCrossEntropy l -> Choice.of("binaryCrossEntropy", l);
      case Loss.CategoricalCrossEntropy l ->
          Choice.of(
              "categoricalCrossEntropy",
              l,
              "labelSmoothing",
              l.labelSmoothing(),
              Loss.CategoricalCrossEntropy.DEFAULT_LABEL_SMOOTHING,
              Loss.CategoricalCrossEntropy::new);
      case Loss.Hinge l -> Choice.of("hinge", l);
    };
  }

  /// Reads it.
  static final class Reader extends ChoiceReader<Loss> {

    Reader() {
      super(Loss.class, ALL, LossJson::choice);
    }
  }

  /// Writes it.
  static final class Writer extends ChoiceWriter<Loss> {

    Writer() {
      super(Loss.class, LossJson::choice);
    }
  }
}
