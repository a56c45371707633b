package dev.backprop.job.event;

import java.util.List;
import java.util.stream.IntStream;

/// What layers are called: hidden layers by their number, from 1 on.
public final class LayerNames {

  private LayerNames() {}

  /// In a sentence.
  ///
  /// @param layer counted from 0
  /// @param layers how many there are, the output included
  public static String inWords(int layer, int layers) {
    return layer == layers - 1 ? "the output layer" : "hidden layer " + (layer + 1);
  }

  /// In a loss curve: `hidden 1` … `output`.
  ///
  /// @param layers how many there are, the output included
  public static List<String> of(int layers) {
    return IntStream.range(0, layers)
        .mapToObj(layer -> layer == layers - 1 ? "output" : "hidden " + (layer + 1))
        .toList();
  }
}
