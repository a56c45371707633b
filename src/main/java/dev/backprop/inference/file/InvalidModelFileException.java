package dev.backprop.inference.file;

import dev.backprop.problem.InputError;
import java.util.List;

/// What was read is no model file.
final class InvalidModelFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<InputError> errors;

  /// @param detail what is wrong with the file as a whole, or an entry's name and what is wrong
  ///   with it
  InvalidModelFileException(String detail) {
    this(detail, List.of());
  }

  /// @param errors places within the JSON of an entry
  InvalidModelFileException(String detail, List<InputError> errors) {
    super(detail);
    this.errors = List.copyOf(errors);
  }

  List<InputError> errors() {
    return errors;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
