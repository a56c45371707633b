package dev.backprop.core.train;

/// Keeps gradients from making too large a step.
///
/// Pascanu, Mikolov, Bengio: On the Difficulty of Training Recurrent Neural Networks, ICML 2013.
public sealed interface GradientClipping {

  /// Limits the gradient of all parameters, penalties included.
  ///
  /// @param g changed in place
  void clipInPlace(float[] g);

  /// Leaves gradients as they are.
  record None() implements GradientClipping {
    @Override
    public void clipInPlace(float[] g) {}
  }

  /// Keeps the direction: `g ← g·c / ‖g‖` where `‖g‖ > c`, the Euclidean norm over all parameters.
  ///
  /// @param maximum c, the largest norm
  record Norm(double maximum) implements GradientClipping {

    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if the norm is out of range
    public Norm {
      Range.requirePositive("norm", maximum);
    }

    @Override
    public void clipInPlace(float[] g) {
      double squares = 0;
      for (float number : g) {
        squares += (double) number * number;
      }
      double norm = Math.sqrt(squares);
      if (norm > maximum) {
        float scale = (float) (maximum / norm);
        for (int i = 0; i < g.length; i++) {
          g[i] *= scale;
        }
      }
    }
  }

  /// Limits each number: `g ← max(−c, min(c, g))`.
  ///
  /// @param maximum c, the largest absolute value
  record Value(double maximum) implements GradientClipping {

    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if the value is out of range
    public Value {
      Range.requirePositive("value", maximum);
    }

    @Override
    public void clipInPlace(float[] g) {
      float c = (float) maximum;
      for (int i = 0; i < g.length; i++) {
        g[i] = Math.max(-c, Math.min(c, g[i]));
      }
    }
  }
}
