package dev.backprop.core.train;

/// Steps by the curvature that the last steps met, as far as a line search finds good: `θ ← θ −
/// α·H·g`, where H stands for the inverse of the second derivatives and is made of the last
/// `memory` pairs of steps and changes of the gradient, and α meets the strong Wolfe conditions
/// with c₁ = 1e-4, c₂ = 0.9. It needs the gradient of all rows, and several of them for a step.
///
/// The search first tries `α = η`, and `α = η·min(1, 1/‖g‖₁)` while there is no pair, as in
/// PyTorch. A step that finds nothing lower leaves θ as it is and forgets the pairs; if the next,
/// straight down the gradient, finds nothing either, θ is as low as 32 bits can tell and stays: the
/// epochs that are left cost no evaluation, and early stopping ends them. A step begins with what
/// the one before evaluated last, unless that ended elsewhere.
///
/// Liu, Nocedal: On the Limited Memory BFGS Method for Large Scale Optimization, Mathematical
/// Programming 45, 1989. Nocedal, Wright: Numerical Optimization, 2nd edition, 2006, algorithms 7.4
/// and 7.5.
///
/// @param learningRate η, the first α to try
/// @param memory how many pairs to remember, from 1 to 1000
/// @param maxEvaluations how often a line search evaluates loss and gradient at most, from 1 to
///   1000
public record Lbfgs(double learningRate, int memory, int maxEvaluations) implements Optimizer {

  /// The step of Newton's method.
  public static final double DEFAULT_LEARNING_RATE = 1;

  /// Within the range of 3 to 20 that the book advises.
  public static final int DEFAULT_MEMORY = 10;

  /// PyTorch's.
  public static final int DEFAULT_MAX_EVALUATIONS = 25;

  /// The most pairs, and the most evaluations.
  public static final int LARGEST_COUNT = 1000;

  /// θ and g before the step, and its direction.
  private static final int VECTORS = 3;

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public Lbfgs {
    Range.requirePositive("learningRate", learningRate);
    requireCount("memory", memory);
    requireCount("maxEvaluations", maxEvaluations);
  }

  /// With the default memory.
  public Lbfgs(double learningRate) {
    this(learningRate, DEFAULT_MEMORY, DEFAULT_MAX_EVALUATIONS);
  }

  private static void requireCount(String name, int count) {
    if (count < 1 || count > LARGEST_COUNT) {
      throw new IllegalArgumentException(
          "%s must be from 1 to %d, not %d".formatted(name, LARGEST_COUNT, count));
    }
  }

  @Override
  public OptimizerState newState(int parameters) {
    return new LbfgsState(this, parameters);
  }

  @Override
  public int numbersPerParameter() {
    return 2 * memory + VECTORS;
  }

  @Override
  public int evaluationsPerStep() {
    return 1 + maxEvaluations;
  }

  @Override
  public boolean needsFullBatch() {
    return true;
  }
}
