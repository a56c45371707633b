package dev.backprop.core.nn;

import java.util.List;

/// Every activation, every loss and every normalization, for tests that leave none out.
public final class Kinds {

  public static final List<Activation> ACTIVATIONS =
      List.of(
          new Activation.Linear(),
          new Activation.Sigmoid(),
          new Activation.HardSigmoid(),
          new Activation.Tanh(),
          new Activation.Relu(),
          new Activation.LeakyRelu(0.01),
          new Activation.LeakyRelu(0.25),
          new Activation.Elu(1),
          new Activation.Elu(0.5),
          new Activation.Selu(),
          new Activation.Gelu(),
          new Activation.Silu(),
          new Activation.Softplus(),
          new Activation.Softsign(),
          new Activation.Softmax());

  /// Those that may stand in a hidden layer.
  public static List<Activation> hidden() {
    return ACTIVATIONS.stream().filter(f -> !(f instanceof Activation.Softmax)).toList();
  }

  /// Those that may stand in the output.
  public static List<Activation> outputs() {
    return ACTIVATIONS.stream().filter(f -> !f.needsSums()).toList();
  }

  public static final List<Loss> LOSSES =
      List.of(
          new Loss.MeanSquaredError(),
          new Loss.MeanAbsoluteError(),
          new Loss.Huber(1),
          new Loss.Huber(0.25),
          new Loss.LogCosh(),
          new Loss.Quantile(0.5),
          new Loss.Quantile(0.875),
          new Loss.Poisson(),
          new Loss.BinaryCrossEntropy(),
          new Loss.CategoricalCrossEntropy(),
          new Loss.CategoricalCrossEntropy(0.125),
          new Loss.Hinge());

  /// With an ε that keeps `1/√(σ² + ε)` below 3: a default one lets it grow to 316 where units are
  /// almost constant, and rounding errors with it, in each layer again.
  static final List<Normalization> NORMALIZATIONS =
      List.of(
          new Normalization.None(),
          new Normalization.Batch(0.5, 0.125),
          new Normalization.Layer(0.125));

  private Kinds() {}
}
