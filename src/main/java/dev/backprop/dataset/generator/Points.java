package dev.backprop.dataset.generator;

import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.NumberColumn;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/// Draws the points of a generator.
final class Points {

  private Points() {}

  /// Where the points of two classes lie.
  @FunctionalInterface
  interface Shape {

    /// A point of the first or the second class, without noise.
    double[] draw(boolean second, SplitMix64 random);
  }

  /// Points of a shape, with noise, of the one class and the other in turn.
  ///
  /// @param first name of a class, before `second` in the alphabet
  static List<Column> ofTwoClasses(Generator settings, String first, String second, Shape shape) {
    SplitMix64 random = new SplitMix64(settings.seed());
    float[] x1 = new float[settings.rows()];
    float[] x2 = new float[settings.rows()];
    int[] codes = new int[settings.rows()];
    for (int row = 0; row < codes.length; row++) {
      codes[row] = row & 1;
      double[] point = shape.draw(codes[row] == 1, random);
      x1[row] = (float) (point[0] + settings.noise() * random.nextGaussian());
      x2[row] = (float) (point[1] + settings.noise() * random.nextGaussian());
    }
    return List.of(
        new NumberColumn("x1", x1),
        new NumberColumn("x2", x2),
        new CategoryColumn("y", List.of(first, second), codes));
  }

  /// Points uniform over the square from −6 to 6, with the height above each, with noise.
  static List<Column> ofSurface(Generator settings, DoubleBinaryOperator height) {
    SplitMix64 random = new SplitMix64(settings.seed());
    float[] x1 = new float[settings.rows()];
    float[] x2 = new float[settings.rows()];
    float[] y = new float[settings.rows()];
    for (int row = 0; row < y.length; row++) {
      x1[row] = (float) (12 * random.nextDouble() - 6);
      x2[row] = (float) (12 * random.nextDouble() - 6);
      y[row] =
          (float)
              (height.applyAsDouble(x1[row], x2[row]) + settings.noise() * random.nextGaussian());
    }
    return List.of(
        new NumberColumn("x1", x1), new NumberColumn("x2", x2), new NumberColumn("y", y));
  }

  /// The point at an angle from the second axis.
  static double[] polar(double radius, double angle) {
    return new double[] {radius * StrictMath.sin(angle), radius * StrictMath.cos(angle)};
  }
}
