package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Backpropagation: the loss of a batch and its gradient by every parameter.
///
/// Rumelhart, Hinton, Williams: Learning Representations by Back-propagating Errors, Nature 323,
/// 1986.
public final class Backprop {

  /// The batches of a training, of which the last may be smaller, and the same of what is measured.
  private static final int PASSES = 4;

  private final Network network;
  private final Loss loss;
  private final Products products;
  private final Activations a;
  private final Activations delta;
  private final Parameters gradients;
  private final Matrix ones;
  private final List<TrainingNormalizer> normalizers;

  /// Of the inputs of late, the oldest first.
  private final List<BatchPass> passes = new ArrayList<>();

  private BatchPass last;

  /// Room for batches of up to `maximumRows` rows.
  ///
  /// @throws IllegalArgumentException if the loss does not fit the output activation
  public Backprop(Network network, Loss loss, int maximumRows, Products products) {
    Activation output = network.spec().output().activation();
    if (!loss.fits(output)) {
      throw new IllegalArgumentException(loss + " does not fit the output activation " + output);
    }
    this.network = network;
    this.loss = loss;
    this.products = products;
    a = Activations.forBackpropagation(network.spec(), maximumRows);
    delta = new Activations(network.spec(), maximumRows);
    gradients = new Parameters(network.spec());
    ones = new Matrix(maximumRows, 1);
    Arrays.fill(ones.values(), 1f);
    normalizers = TrainingNormalizer.of(network.parameters(), gradients, maximumRows);
    last = pass(new Matrix(0, network.spec().inputs()));
  }

  /// The network whose parameters the gradients are for.
  public Network network() {
    return network;
  }

  /// ∂L/∂θ of the last batch, in the layout of θ.
  public Parameters gradients() {
    return gradients;
  }

  /// What the last pass left of each layer.
  Activations activations() {
    return last.a();
  }

  /// L of a batch as the network predicts, without gradients.
  ///
  /// @param x inputs, n × d₀
  /// @param y targets, n × d_L
  /// @throws IllegalArgumentException if the shapes do not fit
  public double loss(Matrix x, Matrix y) {
    return loss(x, y, null);
  }

  /// L of a batch of weighted rows as the network predicts, without gradients.
  ///
  /// @param x inputs, n × d₀
  /// @param y targets, n × d_L
  /// @param w weight of each row, n × 1; null where all are 1
  /// @throws IllegalArgumentException if the shapes do not fit
  public double loss(Matrix x, Matrix y, @Nullable Matrix w) {
    requireFit(x, y, w);
    last = pass(x);
    network.forwardToOutput(last.sums(), last.a());
    return lossOfOutput(y, w);
  }

  private double trainingLoss(Matrix x, Matrix y, @Nullable Matrix w, Masks masks) {
    requireFit(x, y, w);
    masks.requireFit(network.spec(), x.rows());
    last = pass(x);
    network.forwardToOutput(last.sums(), last.a(), normalizers, masks);
    return lossOfOutput(y, w);
  }

  private double lossOfOutput(Matrix y, @Nullable Matrix w) {
    return loss.applyInPlace(network.spec().output().activation(), last.a().output(), y, w);
  }

  /// The products of a batch, prepared where they are not.
  private BatchPass pass(Matrix x) {
    for (int i = 0; i < passes.size(); i++) {
      if (passes.get(i).x() == x) {
        return passes.get(i);
      }
    }
    if (passes.size() == PASSES) {
      passes.removeFirst();
    }
    passes.add(BatchPass.of(x, network, a, delta, ones, gradients, products));
    return passes.getLast();
  }

  private void requireFit(Matrix x, Matrix y, @Nullable Matrix w) {
    network.spec().requireFit(x, y);
    if (w != null && w.rows() != x.rows()) {
      throw new IllegalArgumentException("weights of %s for inputs of %s".formatted(w, x));
    }
  }

  /// A_L of the last batch, n × d_L.
  public Matrix outputs() {
    return last.a().output();
  }

  /// L of a batch, and its gradients, without dropout.
  ///
  /// @param x inputs, n × d₀
  /// @param y targets, n × d_L
  /// @return L
  /// @throws IllegalArgumentException if the shapes do not fit
  public double gradients(Matrix x, Matrix y) {
    return gradients(x, y, Masks.NONE);
  }

  /// L of a batch, and its gradients, both of the network that the masks leave, with batch
  /// normalization by the batch's own statistics. The network stays as it is.
  ///
  /// @param x inputs, n × d₀
  /// @param y targets, n × d_L
  /// @param masks Mₗ of the hidden layers that have one
  /// @return L
  /// @throws IllegalArgumentException if the shapes do not fit
  public double gradients(Matrix x, Matrix y, Masks masks) {
    return gradients(x, y, null, masks);
  }

  /// L of a batch of weighted rows, and its gradients, as above.
  ///
  /// - forward: `Aₗ = fₗ(norm(Aₗ₋₁·Wₗ + bₗ)) ⊙ Mₗ`
  /// - error: `δ_L = ∂L/∂Z_L`
  /// - back: `∂L/∂Wₗ = Aₗ₋₁ᵀ·δₗ`, `∂L/∂bₗ = Σ δₗ` over the rows, `δₗ₋₁ = δₗ·Wₗᵀ ⊙ Mₗ₋₁ ⊙
  ///   f′ₗ₋₁(Zₗ₋₁)`, and on through the normalization, see [TrainingNormalizer]
  ///
  /// @param x inputs, n × d₀
  /// @param y targets, n × d_L
  /// @param w weight of each row, n × 1; null where all are 1
  /// @param masks Mₗ of the hidden layers that have one
  /// @return L; where it is not finite, the gradients are still those of the batch before
  /// @throws IllegalArgumentException if the shapes do not fit
  public double gradients(Matrix x, Matrix y, @Nullable Matrix w, Masks masks) {
    final double value = trainingLoss(x, y, w, masks);
    if (!Double.isFinite(value)) {
      return value;
    }
    NetworkSpec spec = network.spec();
    BatchPass pass = last;
    loss.delta(spec.output().activation(), pass.a().output(), y, w, pass.delta().output());
    for (int layer = spec.layers().size() - 1; layer >= 0; layer--) {
      pass.weightGradients().get(layer).compute();
      biasGradients(layer);
      if (layer > 0) {
        Matrix previous = pass.delta().layer(layer - 1);
        pass.deltas().get(layer - 1).compute();
        masks.multiplyInPlace(layer - 1, previous);
        spec.layers()
            .get(layer - 1)
            .activation()
            .backpropagateInPlace(pass.a().kept(layer - 1), previous);
        normalizers.get(layer - 1).backpropagateInPlace(previous);
      }
    }
    return value;
  }

  /// Moves the running means and variances of batch normalization towards those of the batch whose
  /// gradients were taken last.
  public void updateStatistics() {
    normalizers.forEach(TrainingNormalizer::updateStatistics);
  }

  /// Where biases are cancelled their gradient is 0, and not what rounding makes of the sum, which
  /// an optimizer such as Adam would blow up to full steps.
  private void biasGradients(int layer) {
    if (normalizers.get(layer).cancelsBiases()) {
      Matrix sums = gradients.biases(layer);
      Arrays.fill(sums.values(), sums.offset(), sums.offset() + sums.size(), 0f);
    } else {
      last.biasGradients().get(layer).compute();
    }
  }
}
