package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/// Normalizes the sums of a layer in a forward pass.
interface Normalizer {

  /// `Z ← γ ⊙ Ẑ + β`.
  void applyInPlace(Matrix z);

  /// Those of every layer as prediction needs them, which change nothing but Z.
  static List<Normalizer> forPrediction(Parameters theta) {
    List<Normalizer> normalizers = new ArrayList<>();
    for (int layer = 0; layer < theta.spec().layers().size(); layer++) {
      normalizers.add(
          switch (theta.spec().layers().get(layer).normalization()) {
            case Normalization.None _ -> _ -> {};
            case Normalization.Batch batch -> new RunningNormalizer(theta, layer, batch.epsilon());
            case Normalization.Layer own -> new LayerNormalizer(theta, layer, own.epsilon());
          });
    }
    return normalizers;
  }

  /// `Z ← γ ⊙ Ẑ + β`, with a γ and a β for each column.
  ///
  /// @param standardized Ẑ row by row; may be the values of Z itself
  /// @param offset where Ẑ starts
  static void scaleAndShift(float[] standardized, int offset, Matrix gamma, Matrix beta, Matrix z) {
    float[] zs = z.values();
    float[] gs = gamma.values();
    float[] bs = beta.values();
    int offsetG = gamma.offset();
    int offsetB = beta.offset();
    for (int row = 0; row < z.rows(); row++) {
      int from = z.offset(row);
      int fromS = offset + row * z.columns();
      for (int i = 0; i < z.columns(); i++) {
        zs[from + i] = gs[offsetG + i] * standardized[fromS + i] + bs[offsetB + i];
      }
    }
  }
}
