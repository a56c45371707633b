package dev.backprop.inference;

import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.Suggestions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads query parameters strictly: an unknown one is a typo, and collects all that is wrong.
final class QueryReader {

  private final Map<String, String[]> parameters;
  private final InputErrors errors = new InputErrors();

  /// @param parameters each with its values
  /// @param known the names that there are
  QueryReader(Map<String, String[]> parameters, String... known) {
    this.parameters = parameters;
    List<String> names = List.of(known);
    for (String name : parameters.keySet()) {
      if (!names.contains(name)) {
        String shown = JsonErrors.shorten(name);
        errors.add(
            JsonErrors.child("#", shown),
            "there is no query parameter '%s'%s The query parameters are: %s"
                .formatted(shown, Suggestions.didYouMean(name, names), String.join(", ", names)));
      }
    }
  }

  /// A whole number from 1 on, or null.
  @Nullable Integer wholeNumber(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    if (text.matches("[1-9][0-9]{0,8}")) {
      return Integer.valueOf(text);
    }
    refuse(name, text, "a whole number from 1 on");
    return null;
  }

  /// A number from 0 to 1, or null.
  @Nullable Double fraction(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    if (text.length() <= 40 && text.matches("[0-9]*\\.?[0-9]+([eE]-?[0-9]{1,3})?")) {
      double number = Double.parseDouble(text);
      if (number <= 1) {
        return number;
      }
    }
    refuse(name, text, "a number from 0 to 1");
    return null;
  }

  /// A number above 0 and below 1, or null.
  @Nullable Double share(String name) {
    Double number = fraction(name);
    if (number != null && (number == 0 || number == 1)) {
      refuse(name, String.valueOf(text(name)), "a number above 0 and below 1");
    }
    return number;
  }

  /// True or false, false where nothing is said.
  boolean flag(String name) {
    String text = text(name);
    if (text != null && !text.equals("true") && !text.equals("false")) {
      refuse(name, text, "true or false");
    }
    return "true".equals(text);
  }

  private @Nullable String text(String name) {
    String[] values = parameters.get(name);
    if (values == null) {
      return null;
    }
    if (values.length > 1) {
      errors.add(
          "#/" + name, "query parameter %s is there %d times".formatted(name, values.length));
    }
    return values[0];
  }

  private void refuse(String name, String text, String expected) {
    errors.add(
        "#/" + name,
        "query parameter %s is '%s'; %s is expected"
            .formatted(name, JsonErrors.shorten(text), expected));
  }

  /// Ends the request if anything is wrong.
  ///
  /// @throws dev.backprop.problem.ProblemException [ProblemType#INVALID_REQUEST] with all of it
  void throwIfWrong() {
    errors.throwIfAny(ProblemType.INVALID_REQUEST);
  }
}
