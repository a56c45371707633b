package dev.backprop.core.train;

/// Adam after a decay that its means do not see: `θ ← θ − η·λ·θ`, then the step of [Adam]. Biases,
/// γ and β decay too.
///
/// Loshchilov, Hutter: Decoupled Weight Decay Regularization, ICLR 2019, arXiv:1711.05101.
///
/// @param learningRate η
/// @param beta1 β₁, decay of the mean of g, from 0 to below 1
/// @param beta2 β₂, decay of the mean of g², from 0 to below 1
/// @param epsilon ε, which keeps the division finite
/// @param weightDecay λ, from 0 on
public record AdamW(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {

  /// The paper's η.
  public static final double DEFAULT_LEARNING_RATE = 0.001;

  /// The paper's β₁.
  public static final double DEFAULT_BETA1 = 0.9;

  /// The paper's β₂.
  public static final double DEFAULT_BETA2 = 0.999;

  /// The paper's ε.
  public static final double DEFAULT_EPSILON = 1e-8;

  /// PyTorch's λ; the paper searches for it.
  public static final double DEFAULT_WEIGHT_DECAY = 0.01;

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public AdamW {
    Range.requirePositive("learningRate", learningRate);
    Range.requireFraction("beta1", beta1);
    Range.requireFraction("beta2", beta2);
    Range.requirePositive("epsilon", epsilon);
    Range.requireNotNegative("weightDecay", weightDecay);
  }

  /// With the default decays.
  public AdamW(double learningRate) {
    this(learningRate, DEFAULT_BETA1, DEFAULT_BETA2, DEFAULT_EPSILON, DEFAULT_WEIGHT_DECAY);
  }

  @Override
  public OptimizerState newState(int parameters) {
    return new AdamWState(this, parameters);
  }

  @Override
  public int numbersPerParameter() {
    return 2;
  }
}
