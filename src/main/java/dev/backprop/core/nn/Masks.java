package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import java.util.HashMap;
import java.util.Map;

/// Mₗ of a training pass: dropout multiplies what a hidden layer puts out, `Aₗ ⊙ Mₗ`. A number of M
/// is 0 with probability p and otherwise `1/(1 − p)`, so that its mean is 1 and nothing is scaled
/// when the trained network predicts.
///
/// Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov: Dropout: A Simple Way to Prevent
/// Neural Networks from Overfitting, JMLR 15, 2014; the inverted form.
///
/// @param ofLayers n × dₗ for layers counted from 0; only layers with dropout have one
public record Masks(Map<Integer, Matrix> ofLayers) {

  /// Leaves every output as it is.
  public static final Masks NONE = new Masks(Map.of());

  /// Copies the map, not the numbers.
  public Masks {
    ofLayers = Map.copyOf(ofLayers);
  }

  /// Whether no layer has one.
  public boolean isNone() {
    return ofLayers.isEmpty();
  }

  /// Views of the first rows.
  ///
  /// @throws IllegalArgumentException if there are fewer
  public Masks rows(int count) {
    if (isNone()) {
      return this;
    }
    Map<Integer, Matrix> views = new HashMap<>(ofLayers);
    views.replaceAll((_, mask) -> mask.rows(0, count));
    return new Masks(views);
  }

  /// Checks the shapes.
  ///
  /// @throws IllegalArgumentException if a mask is of another shape than the outputs of its layer,
  ///   or its layer has no dropout
  void requireFit(NetworkSpec spec, int rows) {
    if (isNone()) {
      return;
    }
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      Matrix mask = ofLayers.get(layer);
      LayerSpec masked = spec.layers().get(layer);
      if (mask != null
          && !(masked.hasDropout() && mask.rows() == rows && mask.columns() == masked.units())) {
        throw new IllegalArgumentException(
            "a mask of %s does not fit %d rows of layer %d, %s"
                .formatted(mask, rows, layer, masked));
      }
    }
  }

  /// `N ← N ⊙ Mₗ`, where the layer has a mask.
  void multiplyInPlace(int layer, Matrix n) {
    if (isNone()) {
      return;
    }
    Matrix mask = ofLayers.get(layer);
    if (mask == null) {
      return;
    }
    float[] ns = n.values();
    float[] ms = mask.valuesAt(n.offset());
    for (int i = n.offset(); i < n.offset() + n.size(); i++) {
      ns[i] *= ms[i];
    }
  }

  /// The factor of one output.
  double factor(int layer, int row, int unit) {
    Matrix mask = ofLayers.get(layer);
    return mask == null ? 1 : mask.get(row, unit);
  }
}
