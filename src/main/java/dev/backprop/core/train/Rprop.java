package dev.backprop.core.train;

/// Steps by the sign of the gradient alone. Each parameter has a step size Δ, which starts at η and
/// grows by η⁺ where g kept its sign, and shrinks by η⁻ where it changed: `θ ← θ − Δ·sign(g)`.
/// Where the sign changed, the parameter rests for this step. It needs the gradient of all rows.
///
/// Riedmiller, Braun: A Direct Adaptive Method for Faster Backpropagation Learning: The RPROP
/// Algorithm, ICNN 1993. No step is taken back, as in PyTorch: iRprop⁻ of Igel, Hüsken: Empirical
/// Evaluation of the Improved Rprop Learning Algorithms, Neurocomputing 50, 2003.
///
/// @param learningRate η, the first Δ
/// @param decrease η⁻, between 0 and 1
/// @param increase η⁺, above 1
/// @param smallestStep the least Δ
/// @param largestStep the greatest Δ, at least the least
public record Rprop(
    double learningRate, double decrease, double increase, double smallestStep, double largestStep)
    implements Optimizer {

  /// The paper's first Δ.
  public static final double DEFAULT_LEARNING_RATE = 0.1;

  /// The paper's η⁻.
  public static final double DEFAULT_DECREASE = 0.5;

  /// The paper's η⁺.
  public static final double DEFAULT_INCREASE = 1.2;

  /// The paper's least Δ.
  public static final double DEFAULT_SMALLEST_STEP = 1e-6;

  /// The paper's greatest Δ.
  public static final double DEFAULT_LARGEST_STEP = 50;

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public Rprop {
    Range.requirePositive("learningRate", learningRate);
    Range.requirePositive("decrease", decrease);
    Range.requirePositive("increase", increase);
    Range.requirePositive("smallestStep", smallestStep);
    Range.requirePositive("largestStep", largestStep);
    if (decrease >= 1) {
      throw new IllegalArgumentException("decrease must be below 1, not " + decrease);
    }
    if (increase <= 1) {
      throw new IllegalArgumentException("increase must be above 1, not " + increase);
    }
    if (largestStep < smallestStep) {
      throw new IllegalArgumentException(
          "largestStep %s is below smallestStep %s".formatted(largestStep, smallestStep));
    }
  }

  /// With the paper's factors.
  public Rprop(double learningRate) {
    this(
        learningRate,
        DEFAULT_DECREASE,
        DEFAULT_INCREASE,
        DEFAULT_SMALLEST_STEP,
        DEFAULT_LARGEST_STEP);
  }

  @Override
  public OptimizerState newState(int parameters) {
    return new RpropState(this, parameters);
  }

  @Override
  public int numbersPerParameter() {
    return 2;
  }

  @Override
  public boolean needsFullBatch() {
    return true;
  }
}
