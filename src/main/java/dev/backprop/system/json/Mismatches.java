package dev.backprop.system.json;

import dev.backprop.problem.InputError;
import dev.backprop.problem.JsonErrors;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/// Says without class names what Jackson found to be of the wrong form.
final class Mismatches {

  private Mismatches() {}

  static InputError error(MismatchedInputException exception) {
    String pointer = "#";
    for (Reference step : exception.getPath()) {
      String name = step.getPropertyName();
      pointer = JsonErrors.child(pointer, name == null ? Integer.toString(step.getIndex()) : name);
    }
    String met =
        exception instanceof InvalidFormatException format && format.getValue() != null
            ? ": '" + JsonErrors.shorten(String.valueOf(format.getValue())) + "'"
            : "";
    return InputError.at(pointer, "the value is not of the kind that is expected here" + met);
  }
}
