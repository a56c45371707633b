package dev.backprop.job;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What waits in the order in which it came, each with a cost. Knows the place of each, and the
/// cost of those before a place, in logarithmic time.
///
/// Two binary indexed trees over the places that were ever given out: one counts who is still
/// there, one sums their costs (P. Fenwick, "A new data structure for cumulative frequency tables",
/// 1994). When the places are used up, those who are left close ranks.
///
/// Not safe for use by several threads.
final class Lane<E> {

  private static final int FIRST_CAPACITY = 16;

  private final ToDoubleFunction<E> cost;
  private final IdentityHashMap<E, Integer> places = new IdentityHashMap<>();
  private @Nullable Object[] waiting = new Object[FIRST_CAPACITY];
  private double[] costs = new double[FIRST_CAPACITY];
  private int[] counted = new int[FIRST_CAPACITY + 1];
  private double[] summed = new double[FIRST_CAPACITY + 1];
  private int head;
  private int end;

  /// @param cost asked for when something comes, and to renew it
  Lane(ToDoubleFunction<E> cost) {
    this.cost = cost;
  }

  int size() {
    return places.size();
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  void add(E element) {
    if (end == waiting.length) {
      closeRanks();
    }
    put(element, cost.applyAsDouble(element));
  }

  /// Takes out one, wherever it is.
  ///
  /// @return whether it was there
  boolean remove(E element) {
    Integer place = places.remove(element);
    if (place == null) {
      return false;
    }
    waiting[place] = null;
    count(place, -1, -costs[place]);
    return true;
  }

  /// The one that has waited longest.
  ///
  /// @throws NoSuchElementException if none waits
  E first() {
    if (isEmpty()) {
      throw new NoSuchElementException();
    }
    while (waiting[head] == null) {
      head++;
    }
    return element(head);
  }

  boolean contains(E element) {
    return places.containsKey(element);
  }

  /// How many are before an element that waits.
  int indexOf(E element) {
    int before = 0;
    for (int i = Objects.requireNonNull(places.get(element)); i > 0; i -= lowestBit(i)) {
      before += counted[i];
    }
    return before;
  }

  /// The costs of the first ones.
  ///
  /// @param count of them, all if there are fewer
  double cost(int count) {
    int place = 0;
    int left = Math.min(count, size());
    double sum = 0;
    for (int step = Integer.highestOneBit(waiting.length); step > 0 && left > 0; step >>= 1) {
      int next = place + step;
      if (next <= waiting.length && counted[next] <= left) {
        place = next;
        left -= counted[next];
        sum += summed[next];
      }
    }
    return sum;
  }

  /// Asks for the cost of one that waits again.
  void renewCost(E element) {
    int place = Objects.requireNonNull(places.get(element));
    double before = costs[place];
    costs[place] = cost.applyAsDouble(element);
    count(place, 0, costs[place] - before);
  }

  /// Asks for the cost of each again.
  void renewCosts() {
    rebuild(waiting.length);
  }

  private void closeRanks() {
    rebuild(Math.max(FIRST_CAPACITY, 2 * size()));
  }

  private void rebuild(int capacity) {
    @Nullable Object[] before = waiting;
    int until = end;
    waiting = new Object[capacity];
    costs = new double[capacity];
    counted = new int[capacity + 1];
    summed = new double[capacity + 1];
    head = 0;
    end = 0;
    for (Object element : Arrays.asList(before).subList(0, until)) {
      if (element != null) {
        @SuppressWarnings("unchecked") // only put writes there
        E one = (E) element;
        put(one, cost.applyAsDouble(one));
      }
    }
  }

  private void put(E element, double itsCost) {
    places.put(element, end);
    waiting[end] = element;
    costs[end] = itsCost;
    count(end, 1, itsCost);
    end++;
  }

  private void count(int place, int number, double itsCost) {
    for (int i = place + 1; i < counted.length; i += lowestBit(i)) {
      counted[i] += number;
      summed[i] += itsCost;
    }
  }

  @SuppressWarnings("unchecked") // only put writes there
  private E element(int place) {
    return (E) Objects.requireNonNull(waiting[place]);
  }

  private static int lowestBit(int i) {
    return i & -i;
  }
}
