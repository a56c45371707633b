package dev.backprop.model.card;

import dev.backprop.model.TrainingSummary.Point;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The losses over the epochs as an SVG that stands in a page; its colors are the page's.
final class CurvePicture {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 240;
  private static final int LEFT = 70;
  private static final int RIGHT = 10;
  private static final int TOP = 14;
  private static final int BOTTOM = 34;

  private final List<Point> points;
  private final double lowest;
  private final double highest;

  /// @param points at least one
  CurvePicture(List<Point> points) {
    this.points = points;
    double[] losses =
        points.stream()
            .flatMap(point -> Stream.of(point.trainingLoss(), orTraining(point)))
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    lowest = losses.length == 0 ? 0 : losses[0];
    highest = losses.length == 0 ? 1 : losses[losses.length - 1];
  }

  private static double orTraining(Point point) {
    Double loss = point.validationLoss();
    return loss == null ? point.trainingLoss() : loss;
  }

  String svg() {
    Point first = points.getFirst();
    Point last = points.getLast();
    boolean validated = last.validationLoss() != null;
    return """
        <svg viewBox="0 0 %d %d" role="img" aria-label="Loss of training%s over the epochs">
        <path class="axis" d="M%d %d V%d H%d"/>
        %s<text x="%d" y="%d" text-anchor="end">%s</text>
        <text x="%d" y="%d" text-anchor="end">%s</text>
        <text x="%d" y="%d">%d</text>
        <text x="%d" y="%d" text-anchor="end">epoch %d</text>
        </svg>
        """
        .formatted(
            WIDTH,
            HEIGHT,
            validated ? " and validation" : "",
            LEFT,
            TOP,
            HEIGHT - BOTTOM,
            WIDTH - RIGHT,
            line("training", Point::trainingLoss)
                + (validated ? line("validation", Point::validationLoss) : ""),
            LEFT - 6,
            TOP + 8,
            Plain.number(highest),
            LEFT - 6,
            HEIGHT - BOTTOM,
            Plain.number(lowest),
            LEFT,
            HEIGHT - BOTTOM + 18,
            first.epoch(),
            WIDTH - RIGHT,
            HEIGHT - BOTTOM + 18,
            last.epoch());
  }

  private String line(String kind, Function<Point, @Nullable Double> loss) {
    return points.stream()
        .filter(point -> isFinite(loss.apply(point)))
        .map(point -> place(point.epoch(), loss.apply(point)))
        .collect(Collectors.joining(" ", "<polyline class=\"" + kind + "\" points=\"", "\"/>\n"));
  }

  private static boolean isFinite(@Nullable Double loss) {
    return loss != null && Double.isFinite(loss);
  }

  private String place(int epoch, @Nullable Double loss) {
    double first = points.getFirst().epoch();
    double span = Math.max(1, points.getLast().epoch() - first);
    double room = highest > lowest ? highest - lowest : 1;
    double value = loss == null ? lowest : loss;
    return String.format(
        Locale.ROOT,
        "%.1f,%.1f",
        LEFT + (epoch - first) / span * (WIDTH - LEFT - RIGHT),
        TOP + (highest - value) / room * (HEIGHT - TOP - BOTTOM));
  }
}
