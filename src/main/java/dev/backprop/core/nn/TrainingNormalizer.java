package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/// Normalizes the sums of a layer in a training pass, and remembers what the way back needs.
interface TrainingNormalizer extends Normalizer {

  /// `Δ ← ∂L/∂Z`, and the gradients of γ and β, `∂L/∂γ = Σ δ ⊙ ẑ` and `∂L/∂β = Σ δ` over the rows.
  ///
  /// @param delta the derivative by what [#applyInPlace] made of Z on entry, ∂L/∂Z on return
  void backpropagateInPlace(Matrix delta);

  /// Whether it makes the same of the sums whatever the biases are.
  default boolean cancelsBiases() {
    return false;
  }

  /// Moves what prediction normalizes by towards the last batch.
  default void updateStatistics() {}

  /// Those of every layer, with room for batches of up to `maximumRows` rows.
  ///
  /// @param theta θ, whose running statistics they update
  /// @param gradients receive those of γ and β
  static List<TrainingNormalizer> of(Parameters theta, Parameters gradients, int maximumRows) {
    List<TrainingNormalizer> normalizers = new ArrayList<>();
    for (int layer = 0; layer < theta.spec().layers().size(); layer++) {
      normalizers.add(
          switch (theta.spec().layers().get(layer).normalization()) {
            case Normalization.None _ -> new None();
            case Normalization.Batch batch ->
                new BatchNormalizer(batch, theta, gradients, layer, maximumRows);
            case Normalization.Layer own ->
                new TrainingLayerNormalizer(own, theta, gradients, layer, maximumRows);
          });
    }
    return normalizers;
  }

  /// Of a layer without normalization.
  record None() implements TrainingNormalizer {

    @Override
    public void applyInPlace(Matrix z) {}

    @Override
    public void backpropagateInPlace(Matrix delta) {}
  }
}
