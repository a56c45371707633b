package dev.backprop.job;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a picture of a loss curve shows, however it is drawn.
///
/// @param title the job's name
/// @param lines of training and, where there are rows for it, of validation; none before the first
///   epoch has ended
/// @param best the best epoch so far, or null before there is one
/// @param logarithmic whether the losses have a logarithmic scale: if all of them are above 0 and
///   the highest is at least [#WIDE] times the lowest
record LossPicture(String title, List<Line> lines, @Nullable Point best, boolean logarithmic) {

  static final int WIDTH = 600;
  static final int HEIGHT = 400;

  /// What stands in a picture without a line.
  static final String EMPTY = "No epoch has ended yet.";

  static final String EPOCH = "epoch";

  /// Below that a linear scale shows as much, and is easier to read.
  static final double WIDE = 10;

  /// Blue and orange, which the colour-blind can tell apart, and a green that is darker than both.
  static final int TRAINING_COLOR = 0x1f77b4;

  static final int VALIDATION_COLOR = 0xff7f0e;
  static final int BEST_COLOR = 0x005a00;

  LossPicture {
    lines = List.copyOf(lines);
  }

  record Point(int epoch, double loss) {}

  /// @param color as 0xRRGGBB
  record Line(String name, int color, List<Point> points) {}

  static LossPicture of(String title, LossCurve curve, JobView.@Nullable Best best) {
    if (curve.epoch().isEmpty()) {
      return new LossPicture(title, List.of(), null, false);
    }
    List<Line> lines = new ArrayList<>();
    lines.add(line("training", TRAINING_COLOR, curve.epoch(), curve.trainingLoss()));
    List<Double> validationLoss = curve.validationLoss();
    if (validationLoss != null) {
      lines.add(line("validation", VALIDATION_COLOR, curve.epoch(), validationLoss));
    }
    Point mark = best == null ? null : new Point(best.epoch(), loss(best));
    DoubleSummaryStatistics losses = losses(lines, mark);
    return new LossPicture(
        title, lines, mark, losses.getMin() > 0 && losses.getMax() >= WIDE * losses.getMin());
  }

  private static Line line(String name, int color, List<Integer> epochs, List<Double> losses) {
    List<Point> points = new ArrayList<>(epochs.size());
    for (int i = 0; i < epochs.size(); i++) {
      points.add(new Point(epochs.get(i), losses.get(i)));
    }
    return new Line(name, color, points);
  }

  /// The loss that counts, as [dev.backprop.core.train.EpochReport#monitored()].
  private static double loss(JobView.Best best) {
    Double validationLoss = best.validationLoss();
    return validationLoss == null ? best.trainingLoss() : validationLoss;
  }

  private static DoubleSummaryStatistics losses(List<Line> lines, @Nullable Point best) {
    DoubleSummaryStatistics losses =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(Point::loss)
            .summaryStatistics();
    if (best != null) {
      losses.accept(best.loss());
    }
    return losses;
  }

  String lossTitle() {
    return logarithmic ? "loss (log scale)" : "loss";
  }

  /// What the legend says of the best epoch.
  static String name(Point best) {
    return "best epoch: " + best.epoch();
  }

  /// The axis of the losses.
  Axis losses() {
    DoubleSummaryStatistics losses = losses(lines, best);
    return logarithmic
        ? Axis.logarithmic(losses.getMin(), losses.getMax())
        : Axis.linear(losses.getMin(), losses.getMax(), 0);
  }

  /// The axis of the epochs.
  Axis epochs() {
    List<Point> points = lines.getFirst().points();
    return Axis.linear(points.getFirst().epoch(), points.getLast().epoch(), 1);
  }
}
