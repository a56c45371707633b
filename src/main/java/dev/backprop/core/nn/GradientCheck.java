package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// Compares the gradients of backpropagation with central differences of the loss, `∂L/∂θᵢ ≈ (L(θᵢ
/// + h) − L(θᵢ − h)) / 2h`, taken in 64-bit floats by a forward pass of its own, which normalizes
///   as training does. The network stays as it is, running statistics included.
///
/// It runs that pass twice for each parameter: n rows and p parameters take some `4·n·p²` floating
/// point operations, so it is for small networks and few rows.
///
/// A relu has no derivative at 0, an absolute error neither. A parameter whose step of ±h crosses
/// such a kink in any unit and row is left out and counted in [LayerError#skipped].
public final class GradientCheck {

  /// Below this relative error 32-bit gradients agree with 64-bit differences; a wrong formula is
  /// off by far more.
  public static final double TOLERANCE = 1e-3;

  /// Relative to θᵢ: the cube root of 2⁻⁵², where the error of the formula, which grows as h², and
  /// that of rounding, which grows as 1/h, are about equal.
  private static final double STEP = Math.cbrt(Math.ulp(1.0));

  /// A gradient this much smaller than the largest of its layer is what larger terms left when they
  /// cancelled, and has as many fewer digits in 32 bits.
  private static final double SMALL = 0.01;

  /// Differences below this share of L are rounding errors of L.
  private static final double NOISE = 1e-7;

  private GradientCheck() {}

  /// What a check found.
  ///
  /// @param layers from the first hidden layer to the output
  public record Report(List<LayerError> layers) {

    /// Copies the list.
    public Report {
      layers = List.copyOf(layers);
    }

    /// The largest relative error of any parameter; NaN if a gradient is.
    public double maximumRelativeError() {
      return layers.stream()
          .flatMapToDouble(
              layer -> DoubleStream.of(layer.weights(), layer.biases(), layer.normalization()))
          .reduce(0, Math::max);
    }

    /// How many parameters were left out.
    public int skipped() {
      return layers.stream().mapToInt(LayerError::skipped).sum();
    }

    /// Whether no error is above [GradientCheck#TOLERANCE].
    public boolean passes() {
      return maximumRelativeError() <= TOLERANCE;
    }
  }

  /// Errors of a layer. The error of a gradient g against a difference d is `|g − d| / max(|g|,
  /// |d|, 0.01·m + 1e-7·max(1, L))`, with m the largest |d| of the layer.
  ///
  /// @param weights the largest relative error of a weight
  /// @param biases the largest relative error of a bias
  /// @param normalization the largest relative error of a γ or β, 0 where there are none
  /// @param skipped how many of the layer's parameters were left out
  public record LayerError(double weights, double biases, double normalization, int skipped) {}

  /// Checks backpropagation on a batch.
  ///
  /// @param x inputs, n × d₀
  /// @param y targets, n × d_L
  /// @throws IllegalArgumentException if the shapes do not fit, or the loss does not fit the output
  public static Report check(Network network, Loss loss, Matrix x, Matrix y, Products products) {
    Backprop backprop = new Backprop(network, loss, x.rows(), products);
    backprop.gradients(x, y);
    return check(network.parameters(), backprop.gradients(), loss, x, y);
  }

  /// Checks gradients, without dropout, that come from somewhere else.
  ///
  /// @param theta θ, not changed
  /// @param gradients ∂L/∂θ to be checked
  /// @param x inputs, n × d₀
  /// @param y targets, n × d_L
  /// @throws IllegalArgumentException if the shapes do not fit
  public static Report check(
      Parameters theta, Parameters gradients, Loss loss, Matrix x, Matrix y) {
    return check(theta, gradients, loss, x, y, null, Masks.NONE);
  }

  /// Checks gradients of weighted rows and of the network that fixed masks leave.
  ///
  /// @param theta θ, not changed
  /// @param gradients ∂L/∂θ to be checked
  /// @param x inputs, n × d₀
  /// @param y targets, n × d_L
  /// @param w weight of each row, n × 1; null where all are 1
  /// @param masks Mₗ of the hidden layers that have one
  /// @throws IllegalArgumentException if the shapes do not fit
  public static Report check(
      Parameters theta,
      Parameters gradients,
      Loss loss,
      Matrix x,
      Matrix y,
      @Nullable Matrix w,
      Masks masks) {
    NetworkSpec spec = theta.spec();
    spec.requireFit(x, y);
    masks.requireFit(spec, x.rows());
    ReferencePass pass = new ReferencePass(spec, loss, x, y, w, masks);
    double[] differences = new double[theta.values().length];
    double noise = NOISE * Math.max(1, differentiate(pass, theta, differences));
    List<LayerError> layers = new ArrayList<>();
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      layers.add(check(gradients, differences, noise, layer));
    }
    return new Report(layers);
  }

  private static LayerError check(
      Parameters gradients, double[] differences, double noise, int layer) {
    boolean normalized = gradients.spec().layers().get(layer).isNormalized();
    Matrix weights = gradients.weights(layer);
    Matrix biases = gradients.biases(layer);
    Matrix last = normalized ? gradients.beta(layer) : biases;
    double[] ofLayer =
        Arrays.copyOfRange(differences, weights.offset(), last.offset() + last.size());
    double floor = SMALL * largest(ofLayer) + noise;
    double normalization =
        normalized
            ? Math.max(
                largestError(gradients.gamma(layer), differences, floor),
                largestError(gradients.beta(layer), differences, floor))
            : 0;
    return new LayerError(
        largestError(weights, differences, floor),
        largestError(biases, differences, floor),
        normalization,
        (int) Arrays.stream(ofLayer).filter(Double::isNaN).count());
  }

  /// Central differences by every parameter, NaN where a unit crossed a kink.
  ///
  /// @return L at θ
  private static double differentiate(ReferencePass pass, Parameters theta, double[] differences) {
    double[] at = new double[differences.length];
    Arrays.setAll(at, i -> theta.values()[i]);
    double loss = pass.loss(at);
    BitSet sides = pass.sides();
    for (int i = 0; i < at.length; i++) {
      double centre = at[i];
      double h = STEP * Math.max(1, Math.abs(centre));
      at[i] = centre + h;
      double above = pass.loss(at);
      boolean smooth = pass.sides().equals(sides);
      at[i] = centre - h;
      double below = pass.loss(at);
      smooth &= pass.sides().equals(sides);
      at[i] = centre;
      differences[i] = smooth ? (above - below) / (2 * h) : Double.NaN;
    }
    return loss;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values)
        .filter(value -> !Double.isNaN(value))
        .map(Math::abs)
        .reduce(0, Math::max);
  }

  private static double largestError(Matrix gradients, double[] differences, double floor) {
    double worst = 0;
    for (int i = gradients.offset(); i < gradients.offset() + gradients.size(); i++) {
      double d = differences[i];
      if (!Double.isNaN(d)) {
        double g = gradients.values()[i];
        double scale = Math.max(Math.max(Math.abs(g), Math.abs(d)), floor);
        worst = Math.max(worst, Math.abs(g - d) / scale);
      }
    }
    return worst;
  }
}
