package dev.backprop.search;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// One point after the other, whatever comes of them.
final class Sequence implements Course {

  private final int count;
  private final IntFunction<Space.Point> points;
  private int begun;

  /// @param points by their number, counted from 0
  Sequence(int count, IntFunction<Space.Point> points) {
    this.count = count;
    this.points = points;
  }

  @Override
  public @Nullable Candidate next() {
    if (begun == count) {
      return null;
    }
    Candidate candidate = new Candidate(begun + 1, begun, points.apply(begun), 0, null);
    begun++;
    return candidate;
  }

  @Override
  public void ended(Candidate candidate, double loss) {
    // the next one is the same
  }

  @Override
  public int trials() {
    return count;
  }
}
