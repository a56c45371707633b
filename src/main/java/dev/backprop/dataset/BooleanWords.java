package dev.backprop.dataset;

import org.jspecify.annotations.Nullable;

/// Pairs of words that stand for false and true, in any case.
public enum BooleanWords {
  /// The words of JSON, and those that booleans are written with here.
  FALSE_TRUE("false", "true"),
  /// Of forms and surveys.
  NO_YES("no", "yes"),
  /// Of SQL and R.
  F_T("f", "t"),
  /// Short for no and yes.
  N_Y("n", "y");

  private static final int LONGEST = 5;

  private final String no;
  private final String yes;

  BooleanWords(String no, String yes) {
    this.no = no;
    this.yes = yes;
  }

  /// The pair that a word belongs to, null if it is none of them.
  public static @Nullable BooleanWords of(String word) {
    if (word.length() <= LONGEST) {
      for (BooleanWords pair : values()) {
        if (pair.isFalse(word) || pair.isTrue(word)) {
          return pair;
        }
      }
    }
    return null;
  }

  public boolean isFalse(String word) {
    return word.equalsIgnoreCase(no);
  }

  public boolean isTrue(String word) {
    return word.equalsIgnoreCase(yes);
  }

  /// 0 or 1 for a word of any pair, or for these numbers themselves; else NaN.
  public static float parse(String word) {
    BooleanWords pair = of(word);
    if (pair != null) {
      return pair.isTrue(word) ? 1 : 0;
    }
    return switch (word) {
      case "0" -> 0;
      case "1" -> 1;
      default -> Float.NaN;
    };
  }
}
