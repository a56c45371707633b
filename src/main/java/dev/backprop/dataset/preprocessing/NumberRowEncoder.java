package dev.backprop.dataset.preprocessing;

import dev.backprop.dataset.NumberFormat;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Encodes rows that have a number for each feature, to the same bits as [Preprocessor#encode] but
/// without flags: a row is one loop over plain arrays, which becomes vector instructions.
public final class NumberRowEncoder {

  private final double[] offsets;
  private final double[] scales;

  /// The first input of each feature.
  private final int[] places;

  private final int inputs;

  /// Features whose numbers are 0 or 1.
  private final BitSet truthValues;

  private NumberRowEncoder(List<FeatureEncoder> features) {
    offsets = new double[features.size()];
    scales = new double[features.size()];
    places = new int[features.size()];
    truthValues = new BitSet();
    int at = 0;
    for (int i = 0; i < features.size(); i++) {
      NumberEncoder feature = (NumberEncoder) features.get(i);
      offsets[i] = feature.scaler().offset();
      scales[i] = feature.scaler().scale();
      places[i] = at;
      truthValues.set(i, feature.format() == NumberFormat.BOOLEAN);
      at += feature.width();
    }
    inputs = at;
  }

  /// An encoder for some features, if all of them take numbers.
  static Optional<NumberRowEncoder> of(List<FeatureEncoder> features) {
    for (FeatureEncoder feature : features) {
      switch (feature.type()) {
        case NUMBER, BOOLEAN -> {} // takes numbers
        case CATEGORY, DATE, IGNORED -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new NumberRowEncoder(features));
  }

  /// Encodes one row, if it is nothing but numbers that the features take. If not,
  /// [Preprocessor#encode] says what is wrong or stands in for what is missing.
  ///
  /// @param row a number for each feature, NaN where it is missing; scaled afterwards, if it was
  ///   encoded
  /// @param out takes the inputs of the network from `at` on
  /// @return whether it was encoded
  public boolean encode(float[] row, float[] out, int at) {
    if (!takes(row)) {
      return false;
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) ((row[i] - offsets[i]) / scales[i]);
    }
    if (inputs == row.length) {
      System.arraycopy(row, 0, out, at, inputs);
    } else {
      Arrays.fill(out, at, at + inputs, 0); // nothing is missing
      for (int i = 0; i < row.length; i++) {
        out[at + places[i]] = row[i];
      }
    }
    return true;
  }

  private boolean takes(float[] row) {
    for (float number : row) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    for (int i = truthValues.nextSetBit(0); i >= 0; i = truthValues.nextSetBit(i + 1)) {
      if (!NumberFormat.BOOLEAN.takes(row[i])) {
        return false;
      }
    }
    return true;
  }
}
