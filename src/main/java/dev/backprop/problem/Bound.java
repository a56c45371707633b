package dev.backprop.problem;

import java.util.List;

/// A request body together with what was wrong with its form.
///
/// A controller that takes `Bound<T>` goes on to check the meaning of what could be read, and
/// answers with both kinds of errors at once. A controller that takes plain `T` never sees a body
/// with errors: the request has ended by then.
///
/// @param value the body; what could not be read is absent from it
/// @param errors unknown fields, wrong types and violated bounds, with JSON Pointers
/// @param <T> the request record
public record Bound<T>(T value, List<InputError> errors) {

  /// Copies the list.
  public Bound {
    errors = List.copyOf(errors);
  }
}
