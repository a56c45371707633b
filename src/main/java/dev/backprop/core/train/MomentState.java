package dev.backprop.core.train;

/// The moments m and v, the number t of steps so far, and what corrects both for their start at 0:
/// `m̂ = m / (1 − β₁ᵗ)`, `v̂ = v / (1 − β₂ᵗ)`.
abstract class MomentState extends GradientState {

  final float b1;
  final float b2;
  final float a1;
  final float a2;
  final float epsilon;
  final float[] m;
  final float[] v;

  /// `η / (1 − β₁ᵗ)`.
  float eta;

  /// `1 / √(1 − β₂ᵗ)`.
  float scale;

  private final double beta1;
  private final double beta2;
  private long t;

  MomentState(double beta1, double beta2, double epsilon, int parameters) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    b1 = (float) beta1;
    b2 = (float) beta2;
    a1 = (float) (1 - beta1);
    a2 = (float) (1 - beta2);
    this.epsilon = (float) epsilon;
    m = new float[parameters];
    v = new float[parameters];
  }

  @Override
  final void begin(double learningRate) {
    t++;
    eta = (float) (learningRate / (1 - Math.pow(beta1, (double) t)));
    scale = (float) (1 / Math.sqrt(1 - Math.pow(beta2, (double) t)));
  }
}
