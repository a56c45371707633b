package dev.backprop.model.spec;

import dev.backprop.core.nn.Normalization;
import java.util.List;

/// A normalization in JSON: its name, or an object with its numbers.
public final class NormalizationJson {

  /// Every normalization, with default numbers.
  static final List<Normalization> ALL =
      List.of(new Normalization.None(), new Normalization.Batch(), new Normalization.Layer());

  /// What the OpenAPI document says of them.
  static final String FORMS =
      """
      A name, such as `"batch"`, or an object with the name as its `type` and the numbers that it
      has, such as `{"type": "batch", "momentum": 0.2}`. The sums z of the layer become γ·(z − μ) /
      √(σ² + epsilon) + β, then come activation and dropout. γ and β are learned, one of each for a
      unit, from 1 and 0 on, free of l1, l2 and maxNorm.

      | name | μ and σ² | numbers |
      |---|---|---|
      | `none` | the sums stay as they are | |
      | `batch` | mean and variance over the rows of the batch, for each unit; in validation and predictions a running mean and variance, from 0 and 1 on, running ← (1 − momentum)·running + momentum·batch after each step, with the unbiased variance of the batch. Ioffe, Szegedy, 2015. | `momentum`, above 0 and at most 1, by default 0.1; `epsilon`, 1e-12 to 1, by default 1e-5 |
      | `layer` | mean and variance over the units of the layer, for each row by itself. Ba, Kiros, Hinton, 2016. | `epsilon`, 1e-12 to 1, by default 1e-5 |

      With `batch` the training loss of an epoch is that by the statistics of its batches, and the
      biases of the layer stay as they are, since μ takes them away. It needs batches of at least 2
      rows, better 16 or more; a last batch of a single row leaves the running mean and variance as
      they are. Not for lbfgs.
      """;

  private NormalizationJson() {}

  static Choice<Normalization> choice(Normalization normalization) {
    return switch (normalization) {
      case Normalization.None n -> Choice.of("none", n);
      case Normalization.Batch n ->
          new Choice<>(
              "batch",
              n,
              List.of(
                  new Choice.Setting<>(
                      "momentum",
                      n.momentum(),
                      Normalization.Batch.DEFAULT_MOMENTUM,
                      momentum -> new Normalization.Batch(momentum, n.epsilon())),
                  new Choice.Setting<>(
                      "epsilon",
                      n.epsilon(),
                      Normalization.DEFAULT_EPSILON,
                      epsilon -> new Normalization.Batch(n.momentum(), epsilon))));
      case Normalization.Layer n ->
          Choice.of(
              "layer",
              n,
              "epsilon",
              n.epsilon(),
              Normalization.DEFAULT_EPSILON,
              Normalization.Layer::new);
    };
  }

  /// In a message, with its numbers.
  public static String describe(Normalization normalization) {
    return choice(normalization).describe();
  }

  /// Reads it.
  static final class Reader extends ChoiceReader<Normalization> {

    Reader() {
      super(Normalization.class, ALL, NormalizationJson::choice);
    }
  }

  /// Writes it.
  static final class Writer extends ChoiceWriter<Normalization> {

    Writer() {
      super(Normalization.class, NormalizationJson::choice);
    }
  }
}
