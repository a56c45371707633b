package dev.backprop.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Guesses what was meant by a name that does not exist.
public final class Suggestions {

  private Suggestions() {}

  /// The words ` did you mean 'x'?` with a leading semicolon, or nothing.
  public static String didYouMean(String given, Collection<String> known) {
    return closest(given, known).map(name -> "; did you mean '" + name + "'?").orElse(".");
  }

  /// Says that an object has no such field: `There is no field 'slop' here; did you mean 'slope'?
  /// …`.
  ///
  /// @param fields those that it has
  public static String unknownField(String given, Collection<String> fields) {
    return "There is no field '"
        + JsonErrors.shorten(given)
        + "' here"
        + didYouMean(given, fields)
        + (fields.isEmpty() ? "" : " The fields are: " + String.join(", ", fields));
  }

  /// The known name nearest to the given one, if one is near: up to a third of its letters differ.
  public static Optional<String> closest(String given, Collection<String> known) {
    String plain = given.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    if (plain.length() > 100) {
      return Optional.empty();
    }
    return known.stream()
        .filter(
            name ->
                distance(plain, name.toLowerCase(Locale.ROOT)) <= Math.max(1, name.length() / 3))
        .min(Comparator.comparingInt(name -> distance(plain, name.toLowerCase(Locale.ROOT))));
  }

  /// Letters to insert, delete or replace to turn one word into the other (Levenshtein).
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
