package dev.backprop.problem;

import java.util.Collection;

/// Speaks of a named choice that does not exist: `there is no optimizer 'adm'`.
public final class Variants {

  private Variants() {}

  /// The message for a name that is none of the choices.
  ///
  /// @param pointer the place of the choice; its last word says what is chosen
  public static String unknown(String pointer, String given, Collection<String> choices) {
    return "there is no "
        + noun(pointer)
        + " '"
        + JsonErrors.shorten(given)
        + "'"
        + Suggestions.didYouMean(given, choices)
        + (Suggestions.closest(given, choices).isPresent() ? " One of: " : " It is one of: ")
        + String.join(", ", choices);
  }

  /// The last word of the pointer; that of a list in the singular.
  private static String noun(String pointer) {
    String[] steps = pointer.split("/", -1);
    for (int i = steps.length - 1; i > 0; i--) {
      if (!steps[i].isEmpty() && !Character.isDigit(steps[i].charAt(0))) {
        boolean ofList = i < steps.length - 1 && steps[i].endsWith("s");
        return ofList ? steps[i].substring(0, steps[i].length() - 1) : steps[i];
      }
    }
    return "choice";
  }
}
