package dev.backprop.system.json;

import dev.backprop.problem.JsonErrors;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.exc.MismatchedInputException;

/// Says without class names what Jackson itself found to be of the wrong form.
final class Mismatches {

  static final String DETAIL = "the value is not of the kind that is expected here";

  private Mismatches() {}

  static String pointer(MismatchedInputException exception) {
    String pointer = "#";
    for (Reference step : exception.getPath()) {
      String name = step.getPropertyName();
      pointer = JsonErrors.child(pointer, name == null ? Integer.toString(step.getIndex()) : name);
    }
    return pointer;
  }
}
