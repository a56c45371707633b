package dev.backprop.core.train;

/// How gradients become steps: the setting. [#newState] makes what changes along the way.
public sealed interface Optimizer {

  /// η, the size of a step, which a schedule may change.
  double learningRate();

  /// The state before the first step, for a number of parameters.
  OptimizerState newState(int parameters);

  /// How many numbers the state keeps for each parameter.
  int numbersPerParameter();

  /// Gradient descent: `v ← μ·v + g`, `θ ← θ − η·v`; with Nesterov `θ ← θ − η·(g + μ·v)`.
  ///
  /// Sutskever, Martens, Dahl, Hinton: On the Importance of Initialization and Momentum in Deep
  /// Learning, ICML 2013.
  ///
  /// @param learningRate η
  /// @param momentum μ, from 0 to below 1
  /// @param nesterov whether to look ahead; needs momentum
  record Sgd(double learningRate, double momentum, boolean nesterov) implements Optimizer {

    /// η where none is given.
    public static final double DEFAULT_LEARNING_RATE = 0.01;

    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public Sgd {
      requirePositive("learningRate", learningRate);
      requireFraction("momentum", momentum);
      if (nesterov && momentum == 0) {
        throw new IllegalArgumentException("nesterov needs a momentum above 0");
      }
    }

    /// Without momentum.
    public Sgd(double learningRate) {
      this(learningRate, 0, false);
    }

    @Override
    public OptimizerState newState(int parameters) {
      return momentum == 0 ? new SgdState() : new MomentumState(this, parameters);
    }

    @Override
    public int numbersPerParameter() {
      return momentum == 0 ? 0 : 1;
    }
  }

  /// Steps by running means of the gradient and of its square.
  ///
  /// Kingma, Ba: Adam: A Method for Stochastic Optimization, ICLR 2015, arXiv:1412.6980.
  ///
  /// @param learningRate η
  /// @param beta1 decay of the mean of g, from 0 to below 1
  /// @param beta2 decay of the mean of g², from 0 to below 1
  /// @param epsilon ε, which keeps the division finite
  record Adam(double learningRate, double beta1, double beta2, double epsilon)
      implements Optimizer {

    /// The paper's η.
    public static final double DEFAULT_LEARNING_RATE = 0.001;

    /// The paper's β₁.
    public static final double DEFAULT_BETA1 = 0.9;

    /// The paper's β₂.
    public static final double DEFAULT_BETA2 = 0.999;

    /// The paper's ε.
    public static final double DEFAULT_EPSILON = 1e-8;

    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public Adam {
      requirePositive("learningRate", learningRate);
      requireFraction("beta1", beta1);
      requireFraction("beta2", beta2);
      requirePositive("epsilon", epsilon);
    }

    /// With the paper's decays.
    public Adam(double learningRate) {
      this(learningRate, DEFAULT_BETA1, DEFAULT_BETA2, DEFAULT_EPSILON);
    }

    @Override
    public OptimizerState newState(int parameters) {
      return new AdamState(this, parameters);
    }

    @Override
    public int numbersPerParameter() {
      return 2;
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value >= Float.MIN_VALUE && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " must be a positive 32-bit number, not " + value);
    }
  }

  private static void requireFraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to below 1, not " + value);
    }
  }
}
