package dev.backprop.core.metric;

/// How far the outputs of a trained network can be trusted, as the rows that it was not trained
/// with say.
public sealed interface Calibration permits TemperatureScaling, ConformalIntervals {

  /// How many rows said it.
  int rows();
}
