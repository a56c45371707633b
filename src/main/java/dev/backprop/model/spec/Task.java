package dev.backprop.model.spec;

/// What a network learns.
public enum Task {
  /// One of several classes.
  CLASSIFICATION,
  /// Any number of labels at once.
  MULTILABEL,
  /// Numbers.
  REGRESSION
}
