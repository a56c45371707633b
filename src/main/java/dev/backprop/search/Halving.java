package dev.backprop.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Successive halving: rung k of 0 to s has ⌊n·η⁻ᵏ⌋ points, each trained for ⌊R·ηᵏ⁻ˢ⌋ epochs.
///
/// A point that is promoted is trained anew, under the same seed. Going on from where it stopped
/// would save 1/η of a rung's epochs, but a schedule that spans the training, or the moments of an
/// optimizer, would make it another training than the same job posted by itself, and the best trial
/// could not be repeated.
final class Halving implements Course {

  private final int factor;
  private final int points;
  private final int epochs;
  private final int rungs;
  private final Deque<Candidate> waiting = new ArrayDeque<>();
  private final List<Result> results = new ArrayList<>();
  private int rung;
  private int begun;

  private record Result(Candidate candidate, double loss) {}

  /// @param factor η
  /// @param count n, at least 1
  /// @param epochs R, at least 1
  Halving(int factor, int count, int epochs, IntFunction<Space.Point> points) {
    this.factor = factor;
    this.points = count;
    this.epochs = epochs;
    rungs = rungs(factor, Math.min(count, epochs));
    for (int number = 0; number < count; number++) {
      waiting.add(candidate(number, points.apply(number)));
    }
  }

  /// ⌊log_η⌋ + 1.
  private static int rungs(int factor, int smaller) {
    int rungs = 1;
    for (long power = factor; power <= smaller; power *= factor) {
      rungs++;
    }
    return rungs;
  }

  private Candidate candidate(int number, Space.Point point) {
    begun++;
    return new Candidate(begun, number, point, rung, epochs(rung));
  }

  /// How many points a rung has.
  int size(int k) {
    return (int) (points / power(k));
  }

  /// For how many epochs the points of a rung are trained.
  int epochs(int k) {
    return (int) (epochs / power(rungs - 1 - k));
  }

  private long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= factor;
    }
    return power;
  }

  @Override
  public @Nullable Candidate next() {
    return waiting.poll();
  }

  /// The last of a rung begins the next one with the best, of equal ones the first drawn.
  @Override
  public void ended(Candidate candidate, double loss) {
    results.add(new Result(candidate, loss));
    if (results.size() < size(rung) || rung == rungs - 1) {
      return;
    }
    List<Result> best =
        results.stream()
            .filter(result -> !Double.isNaN(result.loss()))
            .sorted(
                Comparator.comparingDouble(Result::loss)
                    .thenComparingInt(result -> result.candidate().number()))
            .limit(size(rung + 1))
            .toList();
    rung++;
    results.clear();
    for (int missing = best.size(); missing < size(rung); missing++) {
      results.add(new Result(candidate, Double.NaN)); // more have failed than were to be left out
    }
    for (Result promoted : best) {
      waiting.add(candidate(promoted.candidate().number(), promoted.candidate().point()));
    }
  }

  @Override
  public int trials() {
    int trials = 0;
    for (int k = 0; k < rungs; k++) {
      trials += size(k);
    }
    return trials;
  }
}
