package dev.backprop.core.train;

/// Looks along a descending line for a step α that lowers φ enough and leaves it flat enough, the
/// strong Wolfe conditions: `φ(α) ≤ φ(0) + c₁·α·φ′(0)` and `|φ′(α)| ≤ c₂·|φ′(0)|`.
///
/// Nocedal, Wright: Numerical Optimization, 2nd edition, 2006: algorithms 3.5, which goes out until
/// it has such a step between two points, and 3.6, which closes in on it; both by the cubic of
/// (3.59). How far a trial may go is left open there and is as in PyTorch: outwards from 1.01 to 10
/// times, inwards a tenth away from the ends.
final class LineSearch {

  /// c₁ of the book.
  static final double SUFFICIENT_DECREASE = 1e-4;

  /// c₂ of the book for quasi-Newton directions.
  static final double CURVATURE = 0.9;

  private static final double SHORTEST_EXTENSION = 0.01;
  private static final double LONGEST_EXTENSION = 10;
  private static final double MARGIN = 0.1;

  /// φ.
  interface Line {

    /// φ and φ′ at a step α above 0. Where they are not finite, φ counts as too high.
    Point at(double step);

    /// Whether to end with what there is.
    boolean isStopRequested();
  }

  /// A point of the line.
  ///
  /// @param step α
  /// @param value φ(α)
  /// @param slope φ′(α)
  record Point(double step, double value, double slope) {

    private boolean isFinite() {
      return Double.isFinite(value) && Double.isFinite(slope);
    }
  }

  private final Line line;
  private final Point start;
  private int evaluations;

  private LineSearch(Line line, Point start, int maxEvaluations) {
    this.line = line;
    this.start = start;
    evaluations = maxEvaluations;
  }

  /// A point with both conditions, or else the lowest so far with the first, or else the start.
  ///
  /// @param start φ(0), with a slope below 0
  /// @param firstStep the first α to try
  static Point search(Line line, Point start, double firstStep, int maxEvaluations) {
    return new LineSearch(line, start, maxEvaluations).goOut(firstStep);
  }

  private Point goOut(double firstStep) {
    Point previous = start;
    double step = firstStep;
    while (mayEvaluate()) {
      Point point = evaluate(step);
      if (isTooHigh(point) || (previous.step > 0 && point.value >= previous.value)) {
        return closeIn(previous, point);
      }
      if (isFlat(point)) {
        return point;
      }
      if (point.slope >= 0) {
        return closeIn(point, previous);
      }
      double least = step + SHORTEST_EXTENSION * (step - previous.step);
      step = minimum(previous, point, least, LONGEST_EXTENSION * step);
      previous = point;
    }
    return previous;
  }

  /// @param low the lowest point with sufficient decrease
  /// @param high the other end, on the side to which φ falls from the lowest
  private Point closeIn(Point low, Point high) {
    boolean wasNear = false;
    while (mayEvaluate()) {
      double left = Math.min(low.step, high.step);
      double right = Math.max(low.step, high.step);
      double step = minimum(low, high, left, right);
      double margin = MARGIN * (right - left);
      boolean near = Math.min(step - left, right - step) < margin;
      if (near && (wasNear || step <= left || step >= right)) {
        step = right - step < step - left ? right - margin : left + margin;
        near = false;
      }
      wasNear = near;
      Point point = evaluate(step);
      if (isTooHigh(point) || point.value >= low.value) {
        high = point;
      } else {
        if (isFlat(point)) {
          return point;
        }
        if (point.slope * (high.step - low.step) >= 0) {
          high = low;
        }
        low = point;
      }
    }
    return low;
  }

  private boolean mayEvaluate() {
    return evaluations > 0 && !line.isStopRequested();
  }

  private Point evaluate(double step) {
    evaluations--;
    Point point = line.at(step);
    return point.isFinite() ? point : new Point(step, Double.POSITIVE_INFINITY, Double.NaN);
  }

  private boolean isTooHigh(Point point) {
    return point.value > start.value + SUFFICIENT_DECREASE * point.step * start.slope;
  }

  private boolean isFlat(Point point) {
    return Math.abs(point.slope) <= -CURVATURE * start.slope;
  }

  /// Where the cubic through two points has its minimum, within limits; their middle where it has
  /// none.
  private static double minimum(Point a, Point b, double least, double greatest) {
    double d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.step - b.step);
    double d2 = Math.copySign(Math.sqrt(d1 * d1 - a.slope * b.slope), b.step - a.step);
    double step = b.step - (b.step - a.step) * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2);
    return Double.isNaN(step) ? (least + greatest) / 2 : Math.max(least, Math.min(greatest, step));
  }
}
