package dev.backprop.core.nn;

/// What a hidden layer makes of its sums before its activation: `Z ← γ ⊙ Ẑ + β` with `ẑ = (z − μ) /
/// √(σ² + ε)`, which has mean 0 and variance 1 whatever the layers before do. γ and β are learned,
/// one of each for a unit, and start at 1 and 0.
public sealed interface Normalization {

  /// PyTorch's ε; the papers name none.
  double DEFAULT_EPSILON = 1e-5;

  /// Leaves the sums as they are.
  record None() implements Normalization {}

  /// Over the rows of a batch: μ and σ² of each unit are those of the training batch, σ² the mean
  /// of the squares. Prediction takes running ones: after each step `running ← (1 − momentum) ·
  /// running + momentum · batch`, from 0 and 1 on, where the variance of the batch is the unbiased
  /// one, `n/(n − 1)·σ²`. A batch of one row has no variance and leaves them as they are.
  ///
  /// Since μ takes them away again, the biases of the layer stay as they are.
  ///
  /// Ioffe, Szegedy: Batch Normalization: Accelerating Deep Network Training by Reducing Internal
  /// Covariate Shift, ICML 2015, arXiv:1502.03167.
  ///
  /// @param momentum the share of the batch in the running mean and variance, above 0 and at most 1
  /// @param epsilon ε, from 1e-12 to 1
  record Batch(double momentum, double epsilon) implements Normalization {

    /// PyTorch's.
    public static final double DEFAULT_MOMENTUM = 0.1;

    /// Checks the numbers.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public Batch {
      if (!(momentum > 0 && momentum <= 1)) {
        throw new IllegalArgumentException(
            "momentum must be above 0 and at most 1, not " + momentum);
      }
      requireEpsilon(epsilon);
    }

    /// With the default numbers.
    public Batch() {
      this(DEFAULT_MOMENTUM, DEFAULT_EPSILON);
    }
  }

  /// Over the units of the layer, for each row by itself, in training as in prediction.
  ///
  /// Ba, Kiros, Hinton: Layer Normalization, 2016, arXiv:1607.06450.
  ///
  /// @param epsilon ε, from 1e-12 to 1
  record Layer(double epsilon) implements Normalization {

    /// Checks ε.
    ///
    /// @throws IllegalArgumentException if it is out of range
    public Layer {
      requireEpsilon(epsilon);
    }

    /// With the default ε.
    public Layer() {
      this(DEFAULT_EPSILON);
    }
  }

  private static void requireEpsilon(double epsilon) {
    if (!(epsilon >= 1e-12 && epsilon <= 1)) {
      throw new IllegalArgumentException("epsilon must be from 1e-12 to 1, not " + epsilon);
    }
  }
}
