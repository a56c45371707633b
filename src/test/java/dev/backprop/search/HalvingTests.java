package dev.backprop.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class HalvingTests {

  private static Halving halving(int factor, int count, int epochs) {
    return new Halving(factor, count, epochs, number -> new Space.Point(Map.of("/n", number)));
  }

  /// Trains each as it comes; the loss of a point is the same in each rung.
  private static List<Candidate> run(Halving halving, IntToDoubleFunction loss) {
    List<Candidate> all = new ArrayList<>();
    for (Candidate next = halving.next(); next != null; next = halving.next()) {
      all.add(next);
      halving.ended(next, loss.applyAsDouble(next.number()));
    }
    return all;
  }

  /// Li et al., Hyperband, Table 1: the bracket s = 4 of R = 81 and η = 3.
  @Test
  void hasTheRungsOfTheLiterature() {
    List<Candidate> all = run(halving(3, 81, 81), number -> number);
    int[] sizes = {81, 27, 9, 3, 1};
    int[] epochs = {1, 3, 9, 27, 81};
    for (int rung = 0; rung < sizes.length; rung++) {
      int k = rung;
      List<Candidate> ofRung = all.stream().filter(candidate -> candidate.rung() == k).toList();
      assertThat(ofRung).hasSize(sizes[rung]);
      assertThat(ofRung).allSatisfy(c -> assertThat(c.epochs()).isEqualTo(epochs[k]));
      assertThat(ofRung.stream().map(Candidate::number).toList())
          .isEqualTo(IntStream.range(0, sizes[rung]).boxed().toList());
    }
    assertThat(all).hasSize(halving(3, 81, 81).trials());
    assertThat(all.stream().map(Candidate::trial).toList())
        .isEqualTo(IntStream.rangeClosed(1, 121).boxed().toList());
  }

  @Test
  void hasNoMoreRungsThanEpochsAllow() {
    assertThat(rungs(run(halving(3, 100, 5), number -> number))).containsExactly(100L, 33L);
    assertThat(rungs(run(halving(2, 100, 1), number -> number))).containsExactly(100L);
    assertThat(rungs(run(halving(3, 2, 1000), number -> number))).containsExactly(2L);
    assertThat(run(halving(3, 2, 1000), number -> number).getFirst().epochs()).isEqualTo(1000);
  }

  private static List<Long> rungs(List<Candidate> all) {
    return IntStream.rangeClosed(0, all.getLast().rung())
        .mapToObj(rung -> all.stream().filter(candidate -> candidate.rung() == rung).count())
        .toList();
  }

  @Test
  void beginsARungOnlyWhenTheOneBeforeHasEnded() {
    Halving halving = halving(3, 3, 3);
    List<Candidate> first = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      first.add(Objects.requireNonNull(halving.next()));
    }
    assertThat(halving.next()).isNull();
    halving.ended(first.get(2), 0.1);
    halving.ended(first.get(0), 0.3);
    assertThat(halving.next()).isNull();
    halving.ended(first.get(1), 0.2);
    Candidate winner = Objects.requireNonNull(halving.next());
    assertThat(winner.number()).isEqualTo(2);
    assertThat(winner.epochs()).isEqualTo(3);
    halving.ended(winner, 0.05);
    assertThat(halving.next()).isNull();
  }

  @Test
  void goesOnWithThoseThatHaveNotFailed() {
    List<Candidate> all = run(halving(3, 9, 9), number -> number == 7 ? 1 : Double.NaN);
    assertThat(all.stream().skip(9).map(Candidate::number).toList()).containsExactly(7, 7);
    assertThat(run(halving(3, 9, 9), _ -> Double.NaN)).hasSize(9);
  }

  /// Whatever the order in which trials end, the best of a rung are in the next one.
  @RepeatedTest(100)
  void promotesTheBestInAnyOrder(RepetitionInfo repetition) {
    RandomGenerator random = new SplittableRandom(repetition.getCurrentRepetition());
    int factor = random.nextInt(2, 5);
    int count = random.nextInt(1, 60);
    double[] losses = random.doubles(count).map(loss -> Math.round(10 * loss)).toArray();
    Halving halving = halving(factor, count, random.nextInt(1, 100));
    List<Candidate> running = new ArrayList<>();
    List<List<Integer>> rungs = new ArrayList<>();
    while (true) {
      Candidate next = random.nextBoolean() ? halving.next() : null;
      if (next != null) {
        if (next.rung() == rungs.size()) {
          rungs.add(new ArrayList<>());
        }
        rungs.getLast().add(next.number());
        running.add(next);
      } else if (!running.isEmpty()) {
        Candidate ended = running.remove(random.nextInt(running.size()));
        halving.ended(ended, losses[ended.number()]);
      } else if (rungs.stream().mapToInt(List::size).sum() == halving.trials()) {
        break;
      }
    }
    for (int rung = 1; rung < rungs.size(); rung++) {
      List<Integer> expected =
          rungs.get(rung - 1).stream()
              .sorted(
                  (a, b) ->
                      losses[a] == losses[b]
                          ? Integer.compare(a, b)
                          : Double.compare(losses[a], losses[b]))
              .limit((long) (count / Math.pow(factor, rung)))
              .toList();
      assertThat(rungs.get(rung)).as("rung %d of η = %d", rung, factor).isEqualTo(expected);
    }
  }
}
