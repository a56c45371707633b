package dev.backprop.job;

import dev.backprop.model.spec.Priority;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.ToDoubleFunction;

/// What waits, and whose turn is next.
///
/// - Higher priority goes first. While something of a lower one waits, that gets the turn after
///   each [#IN_A_ROW] of a higher one, so that nothing waits for ever.
/// - At the same priority callers take turns, see [Turns]. However much one has added, another's
///   next is before all but one of it.
/// - Of one caller and priority the first to come goes first.
///
/// A place in the queue, and the cost of what is before it, are known without going through it, in
/// a time that grows with the number of callers and the logarithm of what waits.
///
/// Not safe for use by several threads.
///
/// @param <E> told apart by identity
final class FairQueue<E extends FairQueue.Entry> {

  /// Turns of a priority one after the other while something of a lower one waits.
  static final int IN_A_ROW = 7;

  /// Something that waits.
  interface Entry {

    /// Who has added it.
    String caller();

    /// What it comes before.
    Priority priority();
  }

  /// The highest priority first.
  private final List<Level<E>> levels;

  private static final class Level<E extends Entry> {

    private final Priority priority;
    private final Turns<E> turns;

    /// Turns since a lower level had one, as long as one waits.
    private int inARow;

    Level(Priority priority, ToDoubleFunction<E> cost) {
      this.priority = priority;
      turns = new Turns<>(cost);
    }
  }

  /// @param cost of an entry, asked for when it is added, and to renew it
  FairQueue(ToDoubleFunction<E> cost) {
    levels =
        Arrays.stream(Priority.values())
            .sorted(Comparator.reverseOrder())
            .map(priority -> new Level<>(priority, cost))
            .toList();
  }

  int size() {
    return waitingBelow(-1);
  }

  boolean isEmpty() {
    return size() == 0;
  }

  /// How many of a caller wait.
  int size(String caller) {
    return levels.stream().mapToInt(level -> level.turns.size(caller)).sum();
  }

  void add(E entry) {
    turns(entry).add(entry);
  }

  /// Takes out an entry, wherever it is.
  ///
  /// @return whether it was there
  boolean remove(E entry) {
    return turns(entry).remove(entry);
  }

  boolean contains(E entry) {
    return turns(entry).contains(entry);
  }

  /// Whose turn is next.
  ///
  /// @throws NoSuchElementException if nothing waits
  E first() {
    return levels.get(next()).turns.first();
  }

  /// Takes out the one whose turn is next.
  ///
  /// @throws NoSuchElementException if nothing waits
  void takeFirst() {
    int next = next();
    Level<E> level = levels.get(next);
    level.inARow = waitingBelow(next) > 0 ? level.inARow + 1 : 0;
    level.turns.takeFirst();
    levels.subList(0, next).forEach(higher -> higher.inARow = 0);
  }

  /// What has its turn before an entry.
  ///
  /// @param count how many they are
  /// @param cost of all of them
  record Before(int count, double cost) {}

  /// What has its turn before an entry that waits, if nothing is added or removed.
  Before before(E entry) {
    return before(index(entry.priority()), turns(entry).indexOf(entry));
  }

  /// What would have its turn before an entry that were added now.
  Before beforeNew(String caller, Priority priority) {
    int level = index(priority);
    return before(level, levels.get(level).turns.indexOfNew(caller));
  }

  /// Asks for the cost of an entry that waits again.
  void renewCost(E entry) {
    turns(entry).renewCost(entry);
  }

  /// Asks for the cost of each entry again.
  void renewCosts() {
    levels.forEach(level -> level.turns.renewCosts());
  }

  /// The highest level that waits and has not yet had its turns in a row.
  private int next() {
    for (int i = 0; i < levels.size(); i++) {
      Level<E> level = levels.get(i);
      boolean yields = level.inARow == IN_A_ROW && waitingBelow(i) > 0;
      if (!level.turns.isEmpty() && !yields) {
        return i;
      }
    }
    throw new NoSuchElementException();
  }

  /// @param place within the level
  private Before before(int own, int place) {
    int[] counts = new int[levels.size()];
    counts[own] = place;
    int lower = Math.min(waitingBelow(own), (levels.get(own).inARow + place) / IN_A_ROW);
    split(lower, own + 1, counts);
    int all = place + lower;
    for (int i = own - 1; i >= 0; i--) {
      Level<E> level = levels.get(i);
      long turns = (long) IN_A_ROW * (all + 1) - level.inARow;
      counts[i] = (int) Math.min(level.turns.size(), turns);
      all += counts[i];
    }
    double cost = 0;
    for (int i = 0; i < counts.length; i++) {
      cost += levels.get(i).turns.cost(counts[i]);
    }
    return new Before(all, cost);
  }

  /// Counts of which levels the first are that have their turn at a level or below.
  private void split(int first, int from, int[] counts) {
    int left = first;
    for (int i = from; i < counts.length; i++) {
      Level<E> level = levels.get(i);
      int lower =
          Math.min(
              waitingBelow(i),
              Math.max((left + level.inARow) / (IN_A_ROW + 1), left - level.turns.size()));
      counts[i] = left - lower;
      left = lower;
    }
  }

  private int waitingBelow(int level) {
    return levels.subList(level + 1, levels.size()).stream()
        .mapToInt(lower -> lower.turns.size())
        .sum();
  }

  private int index(Priority priority) {
    int index = 0;
    while (levels.get(index).priority != priority) {
      index++;
    }
    return index;
  }

  private Turns<E> turns(E entry) {
    return levels.get(index(entry.priority())).turns;
  }
}
