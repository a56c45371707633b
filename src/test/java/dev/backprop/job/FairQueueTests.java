package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.model.spec.Priority;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FairQueueTests {

  private static final int STEPS = 4_000;

  private static final List<Priority> PRIORITIES =
      List.of(Priority.HIGH, Priority.NORMAL, Priority.LOW);

  private final FairQueue<Entry> queue = new FairQueue<>(Entry::cost);
  private int number;

  private record Entry(int number, String caller, Priority priority, double cost)
      implements FairQueue.Entry {}

  @Test
  void takesWhatOneCallerAddsInItsOrder() {
    List<Entry> added = add(5, "a", Priority.NORMAL);
    assertThat(drain()).isEqualTo(added);
    assertThat(queue.isEmpty()).isTrue();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(queue::first);
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(queue::takeFirst);
  }

  @Test
  void letsASingleEntryGoBeforeAllThatAnotherCallerHasLeft() {
    add(1_000, "flood", Priority.NORMAL);
    Entry begun = take();
    Entry single = add(1, "single", Priority.NORMAL).getFirst();
    assertThat(begun.caller()).isEqualTo("flood");
    assertThat(queue.before(single)).isEqualTo(new FairQueue.Before(0, 0));
    assertThat(take()).isEqualTo(single);
  }

  @Test
  void takesUpThatOneCostsMore() {
    Map<Entry, Double> costs = new HashMap<>();
    FairQueue<Entry> changing = new FairQueue<>(entry -> costs.getOrDefault(entry, entry.cost()));
    Entry first = new Entry(1, "a", Priority.NORMAL, 1);
    Entry second = new Entry(2, "a", Priority.NORMAL, 2);
    Entry third = new Entry(3, "a", Priority.NORMAL, 4);
    List.of(first, second, third).forEach(changing::add);
    costs.put(first, 100.0);
    costs.put(second, 10.0);
    changing.renewCost(second);
    assertThat(changing.before(third)).isEqualTo(new FairQueue.Before(2, 11));
    changing.remove(second);
    assertThat(changing.before(third)).isEqualTo(new FairQueue.Before(1, 1));
  }

  @Test
  void letsCallersTakeTurns() {
    add(4, "a", Priority.NORMAL);
    add(2, "b", Priority.NORMAL);
    add(1, "c", Priority.NORMAL);
    assertThat(drain())
        .extracting(Entry::caller)
        .containsExactly("a", "b", "c", "a", "b", "a", "a");
  }

  /// A caller who comes back has not saved up turns, nor lost its place to one who was served
  /// since.
  @Test
  void remembersWhoseTurnIsLongestAgo() {
    add(1, "a", Priority.NORMAL);
    take();
    add(3, "b", Priority.NORMAL);
    take();
    add(3, "a", Priority.NORMAL);
    assertThat(drain()).extracting(Entry::caller).containsExactly("a", "b", "a", "b", "a");
  }

  @Test
  void takesHigherPrioritiesFirstButForOneTurnInEight() {
    add(16, "a", Priority.HIGH);
    add(2, "a", Priority.NORMAL);
    add(1, "b", Priority.LOW);
    List<Priority> order = drain().stream().map(Entry::priority).toList();
    List<Priority> expected = new ArrayList<>();
    expected.addAll(Collections.nCopies(7, Priority.HIGH));
    expected.add(Priority.NORMAL);
    expected.addAll(Collections.nCopies(7, Priority.HIGH));
    expected.add(Priority.NORMAL);
    expected.addAll(Collections.nCopies(2, Priority.HIGH));
    expected.add(Priority.LOW);
    assertThat(order).isEqualTo(expected);
  }

  /// However many higher ones keep coming.
  @Test
  void startsTheLowestWithinEightTimesEightTurns() {
    add(20, "a", Priority.HIGH);
    add(20, "a", Priority.NORMAL);
    Entry low = add(1, "b", Priority.LOW).getFirst();
    int turns = 1;
    while (!take().equals(low)) {
      add(1, "a", Priority.HIGH);
      add(1, "c", Priority.NORMAL);
      turns++;
    }
    assertThat(turns).isEqualTo(64);
  }

  /// Against a model that knows nothing but the rules, and finds places by going through a copy.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void doesWhatAPlainModelDoes(long seed) {
    SplitMix64 random = new SplitMix64(seed);
    PlainQueue model = new PlainQueue();
    List<Entry> waiting = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      // fills for a while, then empties
      int chance = (step / 100) % 2 == 0 ? 7 : 3;
      if (waiting.isEmpty() || random.nextInt(10) < chance) {
        Entry entry = random(random);
        waiting.add(entry);
        queue.add(entry);
        model.add(entry);
      } else if (random.nextInt(5) == 0) {
        Entry entry = waiting.remove(random.nextInt(waiting.size()));
        assertThat(queue.remove(entry)).isTrue();
        assertThat(queue.remove(entry)).isFalse();
        model.remove(entry);
      } else {
        Entry first = queue.first();
        assertThat(first).as("seed %d, step %d", seed, step).isEqualTo(model.take());
        queue.takeFirst();
        waiting.remove(first);
      }
      assertThat(queue.size()).isEqualTo(waiting.size());
      if (step % 10 == 0) {
        assertPlaces(seed, step, model.copy());
      }
    }
  }

  private void assertPlaces(long seed, int step, PlainQueue model) {
    int place = 0;
    double cost = 0;
    for (Entry entry = model.take(); entry != null; entry = model.take()) {
      FairQueue.Before before = queue.before(entry);
      assertThat(before.count()).as("seed %d, step %d, %s", seed, step, entry).isEqualTo(place++);
      assertThat(before.cost())
          .as("seed %d, step %d, %s", seed, step, entry)
          .isCloseTo(cost, within(1e-6));
      assertThat(queue.contains(entry)).isTrue();
      cost += entry.cost();
    }
  }

  /// The place that a new entry is said to have is the one that it then has.
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void foretellsThePlaceOfWhatIsAddedNext(long seed) {
    SplitMix64 random = new SplitMix64(seed);
    for (int step = 0; step < 1_000; step++) {
      Entry entry = random(random);
      FairQueue.Before told = queue.beforeNew(entry.caller(), entry.priority());
      queue.add(entry);
      assertThat(queue.before(entry)).as("seed %d, step %d", seed, step).isEqualTo(told);
      if (random.nextInt(3) > 0) {
        queue.takeFirst();
      }
    }
  }

  @Test
  void countsWhatEachCallerHasInAllPriorities() {
    add(3, "a", Priority.LOW);
    add(2, "a", Priority.HIGH);
    add(1, "b", Priority.HIGH);
    assertThat(queue.size("a")).isEqualTo(5);
    assertThat(queue.size("b")).isEqualTo(1);
    assertThat(queue.size("c")).isZero();
  }

  @Test
  void asksForCostsAgain() {
    double[] factor = {1};
    FairQueue<Entry> priced = new FairQueue<>(entry -> factor[0] * entry.cost());
    Entry first = new Entry(1, "a", Priority.NORMAL, 3);
    Entry second = new Entry(2, "a", Priority.NORMAL, 4);
    priced.add(first);
    priced.add(second);
    factor[0] = 2;
    assertThat(priced.before(second).cost()).isEqualTo(3);
    priced.renewCosts();
    assertThat(priced.before(second).cost()).isEqualTo(6);
    assertThat(priced.before(first).cost()).isZero();
  }

  /// The rules, word for word.
  private static final class PlainQueue {

    private final List<Entry> waiting = new ArrayList<>();

    /// For each priority the turns in a row while something lower waited.
    private final Map<Priority, Integer> inARow = new EnumMap<>(Priority.class);

    /// When each caller had its last turn at a priority; negative for those who had none, as they
    /// came.
    private final Map<List<Object>, Integer> lastTurns = new HashMap<>();

    private int turns;
    private int newcomers = Integer.MIN_VALUE;

    void add(Entry entry) {
      waiting.add(entry);
      lastTurns.computeIfAbsent(key(entry), _ -> newcomers++);
    }

    void remove(Entry entry) {
      waiting.remove(entry);
    }

    PlainQueue copy() {
      PlainQueue copy = new PlainQueue();
      copy.waiting.addAll(waiting);
      copy.inARow.putAll(inARow);
      copy.lastTurns.putAll(lastTurns);
      copy.turns = turns;
      return copy;
    }

    @Nullable Entry take() {
      for (Priority priority : PRIORITIES) {
        boolean lower = waiting.stream().anyMatch(e -> e.priority().compareTo(priority) < 0);
        int before = inARow.getOrDefault(priority, 0);
        List<Entry> own = waiting.stream().filter(e -> e.priority() == priority).toList();
        if (own.isEmpty() || (before == 7 && lower)) {
          continue;
        }
        inARow.keySet().removeIf(other -> other.compareTo(priority) > 0);
        inARow.put(priority, lower ? before + 1 : 0);
        Entry next = own.getFirst();
        for (Entry entry : own) {
          next = lastTurn(entry) < lastTurn(next) ? entry : next;
        }
        waiting.remove(next);
        lastTurns.put(key(next), ++turns);
        return next;
      }
      return null;
    }

    private int lastTurn(Entry entry) {
      return lastTurns.getOrDefault(key(entry), 0);
    }

    private static List<Object> key(Entry entry) {
      return List.of(entry.caller(), entry.priority());
    }
  }

  private Entry random(SplitMix64 random) {
    // the first callers add more than the last
    String caller = "caller " + random.nextInt(1 + random.nextInt(6));
    Priority priority = PRIORITIES.get(random.nextInt(3));
    return new Entry(number++, caller, priority, random.nextInt(1_000));
  }

  private List<Entry> add(int count, String caller, Priority priority) {
    List<Entry> added =
        IntStream.range(0, count).mapToObj(_ -> new Entry(number++, caller, priority, 1)).toList();
    added.forEach(queue::add);
    return added;
  }

  private Entry take() {
    Entry first = queue.first();
    queue.takeFirst();
    return first;
  }

  private List<Entry> drain() {
    List<Entry> order = new ArrayList<>();
    while (!queue.isEmpty()) {
      order.add(take());
    }
    return order;
  }
}
