package dev.backprop.core.train;

/// How the learning rate changes from epoch to epoch: the setting. [#newState] makes what gives the
/// rates. In the formulas η is the optimizer's learning rate and e the number of epochs before.
public sealed interface Schedule {

  /// What gives the rates of one training.
  ///
  /// @param learningRate η
  ScheduleState newState(double learningRate);

  /// What gives the rates of a training whose η changes on the way: those that it would give if η
  /// had been this one from the start.
  ///
  /// @param learningRate the new η
  /// @param before what gave the rates before, of this schedule
  default ScheduleState newState(double learningRate, ScheduleState before) {
    return newState(learningRate);
  }

  /// η throughout.
  record Constant() implements Schedule {
    @Override
    public ScheduleState newState(double learningRate) {
      return epoch -> learningRate;
    }
  }

  /// Falls in steps: `η·γ^⌊e/k⌋`.
  ///
  /// @param every k, epochs of a step
  /// @param factor γ, between 0 and 1
  record Step(int every, double factor) implements Schedule {

    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public Step {
      requireEpochs("every", every);
      requireFactor(factor);
    }

    @Override
    public ScheduleState newState(double learningRate) {
      return epoch -> {
        int steps = (epoch - 1) / every;
        return learningRate * Math.pow(factor, steps);
      };
    }
  }

  /// Falls by the same factor after every epoch: `η·γ^e`.
  ///
  /// @param factor γ, between 0 and 1
  record Exponential(double factor) implements Schedule {

    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public Exponential {
      requireFactor(factor);
    }

    @Override
    public ScheduleState newState(double learningRate) {
      return epoch -> learningRate * Math.pow(factor, epoch - 1);
    }
  }

  /// Falls to a minimum and stays there: `m + (η − m)·(1 − min(e, n)/n)^p`.
  ///
  /// @param epochs n, epochs of the way down
  /// @param power p, above 0; 1 is a line
  /// @param minimum m, from 0 on; above η it is η
  record Polynomial(int epochs, double power, double minimum) implements Schedule {

    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public Polynomial {
      requireEpochs("epochs", epochs);
      Range.requirePositive("power", power);
      Range.requireNotNegative("minimum", minimum);
    }

    @Override
    public ScheduleState newState(double learningRate) {
      double end = Math.min(minimum, learningRate);
      return epoch -> {
        double left = 1 - Math.min(epoch - 1, epochs) / (double) epochs;
        return end + (learningRate - end) * Math.pow(left, power);
      };
    }
  }

  /// Falls along a cosine and starts again: `m + ½·(η − m)·(1 + cos(π·c/n))` in epoch c of a period
  /// of n epochs.
  ///
  /// Loshchilov, Hutter: SGDR: Stochastic Gradient Descent with Warm Restarts, ICLR 2017,
  /// arXiv:1608.03983.
  ///
  /// @param period epochs of the first period
  /// @param growth by how much each period is longer than the one before, from 1 on
  /// @param minimum m, from 0 on; above η it is η
  record Cosine(int period, int growth, double minimum) implements Schedule {

    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public Cosine {
      requireEpochs("period", period);
      requireEpochs("growth", growth);
      Range.requireNotNegative("minimum", minimum);
    }

    @Override
    public ScheduleState newState(double learningRate) {
      double end = Math.min(minimum, learningRate);
      return epoch -> {
        long position = epoch - 1L;
        long length = period;
        while (position >= length) {
          position -= length;
          length *= growth;
        }
        double turn = Math.PI * position / length;
        return end + (learningRate - end) * (1 + Math.cos(turn)) / 2;
      };
    }
  }

  /// Rises along a cosine from η/s to η, then falls to η/(s·d).
  ///
  /// Smith, Topin: Super-Convergence: Very Fast Training of Neural Networks Using Large Learning
  /// Rates, 2018, arXiv:1708.07120. Cosines and defaults are PyTorch's.
  ///
  /// @param epochs of the cycle; later ones stay at its end
  /// @param rise share of the epochs on the way up, between 0 and 1
  /// @param startDivisor s, at least 1
  /// @param endDivisor d, at least 1
  record OneCycle(int epochs, double rise, double startDivisor, double endDivisor)
      implements Schedule {

    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public OneCycle {
      requireEpochs("epochs", epochs);
      requireBetween("rise", rise, 0, 1);
      requireBetween("startDivisor", startDivisor, 1, Float.MAX_VALUE);
      requireBetween("endDivisor", endDivisor, 1, Float.MAX_VALUE);
    }

    @Override
    public ScheduleState newState(double learningRate) {
      double start = learningRate / startDivisor;
      double top = Math.max(0, rise * epochs - 1);
      double last = Math.max(1, epochs - 1);
      return epoch -> {
        double position = Math.min(epoch - 1, last);
        return position <= top && top > 0
            ? cosine(start, learningRate, position / top)
            : cosine(learningRate, start / endDivisor, (position - top) / (last - top));
      };
    }

    /// From one rate to another along half a cosine.
    private static double cosine(double from, double to, double share) {
      return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
    }
  }

  /// Falls as `η / (1 + d·e)`.
  ///
  /// Robbins, Monro: A Stochastic Approximation Method, Annals of Mathematical Statistics 22, 1951.
  ///
  /// @param decay d, above 0
  record InverseTime(double decay) implements Schedule {

    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public InverseTime {
      Range.requirePositive("decay", decay);
    }

    @Override
    public ScheduleState newState(double learningRate) {
      return epoch -> learningRate / (1 + decay * (epoch - 1));
    }
  }

  /// Falls by a factor when the loss has not fallen for some epochs: `max(m, η·γ)`. The loss is
  /// that of validation where there is one, else that of training. The rules are PyTorch's.
  ///
  /// @param factor γ, between 0 and 1
  /// @param patience how many epochs without a better loss pass before it falls, from 0 on
  /// @param minDelta by how much a loss must be below the best to be better, from 0 on
  /// @param cooldown epochs after a fall that do not count, from 0 on
  /// @param minimum m, from 0 on
  record ReduceOnPlateau(double factor, int patience, double minDelta, int cooldown, double minimum)
      implements Schedule {

    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public ReduceOnPlateau {
      requireFactor(factor);
      requireBetween("patience", patience, 0, Integer.MAX_VALUE);
      Range.requireNotNegative("minDelta", minDelta);
      requireBetween("cooldown", cooldown, 0, Integer.MAX_VALUE);
      Range.requireNotNegative("minimum", minimum);
    }

    @Override
    public ScheduleState newState(double learningRate) {
      return new PlateauState(this, learningRate);
    }

    /// Keeps the share of η that is left of it, and the wait.
    @Override
    public ScheduleState newState(double learningRate, ScheduleState before) {
      return ((PlateauState) before).with(learningRate);
    }
  }

  /// Rises to another schedule in equal steps: `η·(e + 1)/(n + 1)` for n epochs, after which the
  /// other one starts with its first epoch.
  ///
  /// Goyal et al.: Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour, 2017,
  /// arXiv:1706.02677.
  ///
  /// @param epochs n, epochs of the rise
  /// @param then the other one, which does not hear of those epochs
  record WarmUp(int epochs, Schedule then) implements Schedule {

    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if epochs is below 1
    public WarmUp {
      requireEpochs("warmUp", epochs);
    }

    @Override
    public ScheduleState newState(double learningRate) {
      return new WarmUpState(learningRate, epochs, then.newState(learningRate));
    }

    @Override
    public ScheduleState newState(double learningRate, ScheduleState before) {
      ScheduleState state = ((WarmUpState) before).then();
      return new WarmUpState(learningRate, epochs, then.newState(learningRate, state));
    }
  }

  private static void requireEpochs(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
  }

  private static void requireFactor(double factor) {
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException("factor must be between 0 and 1, not " + factor);
    }
  }

  private static void requireBetween(String name, double value, double from, double to) {
    if (!(value >= from && value <= to)) {
      throw new IllegalArgumentException(
          "%s must be from %s to %s, not %s".formatted(name, from, to, value));
    }
  }
}
