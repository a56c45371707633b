package dev.backprop.dataset.intake;

import java.util.ArrayList;
import java.util.List;

/// Finds the delimiter of a CSV file in its first lines.
final class Delimiters {

  private static final char[] CANDIDATES = {',', ';', '\t', '|'};
  private static final int LINES = 10;

  private Delimiters() {}

  /// The delimiter that every line has equally many of outside quotes, the most if several are so;
  /// else the one that the first line has most of; a comma if it has none.
  ///
  /// Commas that stand between digits everywhere are decimal marks where another delimiter would
  /// do.
  ///
  /// @param head the beginning of the file
  static char of(String head, char quote) {
    List<int[]> lines = count(head, quote);
    int best = 0;
    for (int i = 1; i < CANDIDATES.length; i++) {
      int order = Boolean.compare(isEven(lines, i), isEven(lines, best));
      boolean instead = best == 0 && isEven(lines, i) && areDecimalMarks(head);
      if (order > 0 || (order == 0 && (instead || first(lines, i) > first(lines, best)))) {
        best = i;
      }
    }
    return CANDIDATES[best];
  }

  private static boolean isEven(List<int[]> lines, int candidate) {
    int first = first(lines, candidate);
    return first > 0 && lines.stream().allMatch(counts -> counts[candidate] == first);
  }

  private static int first(List<int[]> lines, int candidate) {
    return lines.isEmpty() ? 0 : lines.getFirst()[candidate];
  }

  /// How many of each candidate the lines have; empty lines and one that is cut off do not count.
  private static List<int[]> count(String head, char quote) {
    List<int[]> lines = new ArrayList<>();
    int[] counts = new int[CANDIDATES.length];
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < head.length() && lines.size() < LINES; i++) {
      char c = head.charAt(i);
      if (c == quote && (quoted || i == start || isOneOf(head.charAt(i - 1)))) {
        quoted = !quoted;
      } else if (!quoted && (c == '\n' || c == '\r')) {
        if (i > start) {
          lines.add(counts);
          counts = new int[CANDIDATES.length];
        }
        start = i + 1;
      } else if (!quoted) {
        for (int k = 0; k < CANDIDATES.length; k++) {
          counts[k] += c == CANDIDATES[k] ? 1 : 0;
        }
      }
    }
    if (lines.isEmpty()) {
      lines.add(counts);
    }
    return lines;
  }

  private static boolean isOneOf(char c) {
    for (char candidate : CANDIDATES) {
      if (c == candidate) {
        return true;
      }
    }
    return false;
  }

  private static boolean areDecimalMarks(String head) {
    for (int i = head.indexOf(','); i >= 0; i = head.indexOf(',', i + 1)) {
      if (i == 0
          || i == head.length() - 1
          || !Character.isDigit(head.charAt(i - 1))
          || !Character.isDigit(head.charAt(i + 1))) {
        return false;
      }
    }
    return true;
  }
}
