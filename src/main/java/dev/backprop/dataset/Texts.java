package dev.backprop.dataset;

/// Texts of callers in messages.
public final class Texts {

  private static final int MAX_SHOWN = 40;

  private Texts() {}

  /// The text, cut where it would make a message unreadable.
  public static String shorten(CharSequence text) {
    return text.length() <= MAX_SHOWN ? text.toString() : text.subSequence(0, MAX_SHOWN) + "…";
  }
}
