package dev.backprop.core.train;

/// The rules of Keras' callback once more, as its documentation gives them, on a sign of their own:
/// a number to be made large is its negative, made small.
final class KerasEarlyStopping {

  private KerasEarlyStopping() {}

  /// The epoch after which the training ends, counted from 1; 0 if none is.
  static int end(EarlyStopping settings, double[] values) {
    double sign = settings.mode() == Mode.MAX ? -1 : 1;
    double best = Double.POSITIVE_INFINITY;
    int sinceProgress = 0;
    for (int epoch = settings.startEpoch(); epoch < values.length; epoch++) {
      double value = sign * values[epoch];
      boolean improved = value + settings.minDelta() < best;
      boolean beatsBaseline =
          settings.baseline() == null || value + settings.minDelta() < sign * settings.baseline();
      if (improved) {
        best = value;
      }
      sinceProgress = improved && beatsBaseline ? 0 : sinceProgress + 1;
      if (!improved && sinceProgress >= settings.patience()) {
        return epoch + 1;
      }
    }
    return 0;
  }
}
