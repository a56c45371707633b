package dev.backprop.model.spec;

import dev.backprop.core.nn.Activation;

/// An activation by its name.
public enum ActivationName {
  /// [Activation.Linear].
  LINEAR(new Activation.Linear()),
  /// [Activation.Sigmoid].
  SIGMOID(new Activation.Sigmoid()),
  /// [Activation.Tanh].
  TANH(new Activation.Tanh()),
  /// [Activation.Relu].
  RELU(new Activation.Relu()),
  /// [Activation.Softmax].
  SOFTMAX(new Activation.Softmax());

  private final Activation activation;

  ActivationName(Activation activation) {
    this.activation = activation;
  }

  /// What it names.
  public Activation activation() {
    return activation;
  }
}
