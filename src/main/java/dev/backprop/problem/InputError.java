package dev.backprop.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// One thing that is wrong with the input, and where.
///
/// @param pointer JSON Pointer into the request as a URI fragment, such as
///   `#/network/hidden/0/units`; absent for a file
/// @param line line of the file, counted from 1; absent for JSON
/// @param column name of the file's column, absent where the whole line is meant
/// @param detail what is wrong and what would be right
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InputError(
    @Nullable String pointer, @Nullable Long line, @Nullable String column, String detail) {

  /// An error at a place in a JSON request.
  ///
  /// @param pointer JSON Pointer with its leading `#`
  public static InputError at(String pointer, String detail) {
    return new InputError(pointer, null, null, detail);
  }

  /// An error in a line of a file.
  public static InputError inLine(long line, @Nullable String column, String detail) {
    return new InputError(null, line, column, detail);
  }

  /// This error for a request in which the value stands below `prefix`.
  ///
  /// @param prefix JSON Pointer with its leading `#`
  public InputError below(String prefix) {
    return pointer == null ? this : at(prefix + pointer.substring(1), detail);
  }
}
