package dev.backprop.job;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.ToDoubleFunction;

/// What waits at one priority: callers take turns, each with its own in the order of arrival. Next
/// is the caller whose last turn is longest ago; one who never had a turn is before all others.
///
/// Not safe for use by several threads.
final class Turns<E extends FairQueue.Entry> {

  private final ToDoubleFunction<E> cost;
  private final Map<String, Caller<E>> callers = new LinkedHashMap<>();
  private int size;
  private long turns;

  Turns(ToDoubleFunction<E> cost) {
    this.cost = cost;
  }

  private static final class Caller<E> {

    private final Lane<E> lane;
    private long lastTurn;

    Caller(ToDoubleFunction<E> cost) {
      lane = new Lane<>(cost);
    }
  }

  int size() {
    return size;
  }

  /// How many of a caller wait.
  int size(String name) {
    Caller<E> caller = callers.get(name);
    return caller == null ? 0 : caller.lane.size();
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(E entry) {
    caller(entry.caller()).lane.add(entry);
    size++;
  }

  /// Takes out one, wherever it is.
  ///
  /// @return whether it was there
  boolean remove(E entry) {
    Caller<E> caller = callers.get(entry.caller());
    boolean removed = caller != null && caller.lane.remove(entry);
    size -= removed ? 1 : 0;
    return removed;
  }

  boolean contains(E entry) {
    Caller<E> caller = callers.get(entry.caller());
    return caller != null && caller.lane.contains(entry);
  }

  /// Whose turn is next.
  ///
  /// @throws NoSuchElementException if nothing waits
  E first() {
    return inOrder().stream()
        .filter(caller -> !caller.lane.isEmpty())
        .findFirst()
        .orElseThrow()
        .lane
        .first();
  }

  /// Takes out the one whose turn is next, which its caller has had with that.
  ///
  /// @throws NoSuchElementException if nothing waits
  void takeFirst() {
    E first = first();
    remove(first);
    caller(first.caller()).lastTurn = ++turns;
  }

  /// How many have their turn before an entry that waits.
  int indexOf(E entry) {
    Caller<E> own = caller(entry.caller());
    return before(own, own.lane.indexOf(entry));
  }

  /// How many would have their turn before an entry that a caller added now.
  int indexOfNew(String name) {
    Caller<E> own = caller(name);
    return before(own, own.lane.size());
  }

  /// Of each other caller as many as of its own, and one more of those whose turn is before its
  /// caller's.
  private int before(Caller<E> own, int ownBefore) {
    int before = 0;
    int more = 1;
    for (Caller<E> caller : inOrder()) {
      if (caller == own) {
        before += ownBefore;
        more = 0;
      } else {
        before += Math.min(caller.lane.size(), ownBefore + more);
      }
    }
    return before;
  }

  /// The costs of those who have the first turns.
  ///
  /// @param count of them, at most as many as wait
  double cost(int count) {
    List<Caller<E>> order = inOrder();
    int rounds = completeRounds(order, count);
    int left = count - among(order, rounds);
    double sum = 0;
    for (Caller<E> caller : order) {
      boolean oneMore = left > 0 && caller.lane.size() > rounds;
      left -= oneMore ? 1 : 0;
      sum += caller.lane.cost(oneMore ? rounds + 1 : rounds);
    }
    return sum;
  }

  /// Asks for the cost of one that waits again.
  void renewCost(E entry) {
    caller(entry.caller()).lane.renewCost(entry);
  }

  /// Asks for the cost of each again.
  void renewCosts() {
    callers.values().forEach(caller -> caller.lane.renewCosts());
  }

  /// The most turns that everybody who has so many can have had among the first `count` turns.
  private static <E> int completeRounds(List<Caller<E>> order, int count) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = low + (high - low + 1) / 2;
      if (among(order, middle) <= count) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private static <E> int among(List<Caller<E>> order, int rounds) {
    return order.stream().mapToInt(caller -> Math.min(caller.lane.size(), rounds)).sum();
  }

  private Caller<E> caller(String name) {
    return callers.computeIfAbsent(name, _ -> new Caller<>(cost));
  }

  /// The one whose turn is next first, whether it waits or not.
  private List<Caller<E>> inOrder() {
    return callers.values().stream()
        .sorted(Comparator.comparingLong(caller -> caller.lastTurn))
        .toList();
  }
}
