package dev.backprop.model.spec;

import dev.backprop.core.nn.Activation;
import java.util.List;

/// An activation in JSON: its name, or an object with its number.
public final class ActivationJson {

  /// Every activation, with default numbers.
  static final List<Activation> ALL =
      List.of(
          new Activation.Linear(),
          new Activation.Sigmoid(),
          new Activation.HardSigmoid(),
          new Activation.Tanh(),
          new Activation.Relu(),
          new Activation.LeakyRelu(Activation.LeakyRelu.DEFAULT_SLOPE),
          new Activation.Elu(Activation.Elu.DEFAULT_ALPHA),
          new Activation.Selu(),
          new Activation.Gelu(),
          new Activation.Silu(),
          new Activation.Softplus(),
          new Activation.Softsign(),
          new Activation.Softmax());

  /// What the OpenAPI document says of every place that takes one.
  static final String FORMS =
      """
      A name, such as `"relu"`, or an object with the name as its `type` and the number that it has,
      such as `{"type": "leakyRelu", "slope": 0.1}`. With z the unit's sum:

      | name | output | number |
      |---|---|---|
      | `linear` | z | |
      | `sigmoid` | σ(z) = 1 / (1 + e⁻ᶻ) | |
      | `hardSigmoid` | min(1, max(0, z/6 + ½)) | |
      | `tanh` | tanh z | |
      | `relu` | max(0, z) | |
      | `leakyRelu` | z above 0, else slope·z | `slope`, from 0 to below 1, by default 0.01 |
      | `elu` | z above 0, else alpha·(eᶻ − 1) | `alpha`, above 0 and at most 100, by default 1 |
      | `selu` | 1.0507·z above 0, else 1.7581·(eᶻ − 1) | |
      | `gelu` | z·Φ(z), Φ the standard normal distribution; for hidden layers only | |
      | `silu` | z·σ(z); for hidden layers only | |
      | `softplus` | ln(1 + eᶻ) | |
      | `softsign` | z / (1 + abs z) | |
      | `softmax` | e^zᵢ / Σⱼ e^zⱼ over the units; for the output only | |
      """;

  private ActivationJson() {}

  /// The name in JSON.
  public static String name(Activation activation) {
    return choice(activation).name();
  }

  /// In a message, with its number.
  public static String describe(Activation activation) {
    return choice(activation).describe();
  }

  static Choice<Activation> choice(Activation activation) {
    return switch (activation) {
      case Activation.Linear f -> Choice.of("linear", f);
      case Activation.Sigmoid f -> Choice.of("sigmoid", f);
      case Activation.HardSigmoid f -> Choice.of("hardSigmoid", f);
      case Activation.Tanh f -> Choice.of("tanh", f);
      case Activation.Relu f -> Choice.of("relu", f);
      case Activation.LeakyRelu f ->
          Choice.of(
              "leakyRelu",
              f,
              "slope",
              f.slope(),
              Activation.LeakyRelu.DEFAULT_SLOPE,
              Activation.LeakyRelu::new);
      case Activation.Elu f ->
          Choice.of(
              "elu", f, "alpha", f.alpha(), Activation.Elu.DEFAULT_ALPHA, Activation.Elu::new);
      case Activation.Selu f -> Choice.of("selu", f);
      case Activation.Gelu f -> Choice.of("gelu", f);
      case Activation.Silu f -> Choice.of("silu", f);
      case Activation.Softplus f -> Choice.of("softplus", f);
      case Activation.Softsign f -> Choice.of("softsign", f);
      case Activation.Softmax f -> Choice.of("softmax", f);
    };
  }

  /// Reads it.
  static final class Reader extends ChoiceReader<Activation> {

    Reader() {
      super(Activation.class, ALL, ActivationJson::choice);
    }
  }

  /// Writes it.
  static final class Writer extends ChoiceWriter<Activation> {

    Writer() {
      super(Activation.class, ActivationJson::choice);
    }
  }
}
