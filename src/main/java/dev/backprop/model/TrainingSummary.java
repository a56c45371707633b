package dev.backprop.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a training went, in few numbers that stay with the model when the job is forgotten.
public final class TrainingSummary {

  /// The loss curve has no more points.
  public static final int POINTS = 100;

  /// Of an epoch: its number and two losses.
  private static final int NUMBERS = 3;

  private final int trainingRows;
  private final int validationRows;
  private final int[] epochs;
  private final float[] trainingLosses;
  private final float @Nullable [] validationLosses;

  /// @param trainingRows that it learned from
  /// @param validationRows that it was measured with after each epoch
  /// @param curve in the order of the epochs, at most [#POINTS]
  public TrainingSummary(int trainingRows, int validationRows, List<Point> curve) {
    this.trainingRows = trainingRows;
    this.validationRows = validationRows;
    epochs = new int[curve.size()];
    trainingLosses = new float[curve.size()];
    validationLosses =
        curve.isEmpty() || curve.getFirst().validationLoss() == null
            ? null
            : new float[curve.size()];
    for (int i = 0; i < epochs.length; i++) {
      Point point = curve.get(i);
      epochs[i] = point.epoch();
      trainingLosses[i] = (float) point.trainingLoss();
      if (validationLosses != null) {
        Double loss = point.validationLoss();
        validationLosses[i] = loss == null ? Float.NaN : loss.floatValue();
      }
    }
  }

  /// The losses of one epoch.
  ///
  /// @param validationLoss null without validation
  public record Point(int epoch, double trainingLoss, @Nullable Double validationLoss) {}

  /// The memory that a curve of so many epochs will take, at most.
  static int bytes(int epochs) {
    return NUMBERS * Float.BYTES * Math.min(epochs, POINTS);
  }

  /// How many rows it learned from.
  public int trainingRows() {
    return trainingRows;
  }

  /// How many rows it was measured with after each epoch.
  public int validationRows() {
    return validationRows;
  }

  /// The losses in the order of the epochs.
  public List<Point> curve() {
    List<Point> points = new ArrayList<>(epochs.length);
    for (int i = 0; i < epochs.length; i++) {
      points.add(
          new Point(
              epochs[i],
              trainingLosses[i],
              validationLosses == null ? null : (double) validationLosses[i]));
    }
    return points;
  }
}
