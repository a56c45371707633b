package dev.backprop.model.spec;

import dev.backprop.core.nn.Activation;

/// An activation by its name.
public enum ActivationName {
  /// [Activation.Linear].
  LINEAR,
  /// [Activation.Sigmoid].
  SIGMOID,
  /// [Activation.Tanh].
  TANH,
  /// [Activation.Relu].
  RELU,
  /// [Activation.Softmax].
  SOFTMAX;

  /// What it names.
  public Activation activation() {
    return switch (this) {
      case LINEAR -> new Activation.Linear();
      case SIGMOID -> new Activation.Sigmoid();
      case TANH -> new Activation.Tanh();
      case RELU -> new Activation.Relu();
      case SOFTMAX -> new Activation.Softmax();
    };
  }
}
