package dev.backprop.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An error as RFC 9457 has it.
///
/// @param type address of a page about this kind of problem, relative to the server
/// @param title the same words for every occurrence
/// @param status the HTTP status
/// @param detail what happened this time, and what to do
/// @param errors every place of the request that is wrong, or null
@JsonIgnoreProperties(ignoreUnknown = true)
public record Problem(
    String type, String title, int status, @Nullable String detail, @Nullable List<Place> errors) {

  /// A place of the request that is wrong.
  ///
  /// @param pointer JSON Pointer into the request, or null for a file
  /// @param line of a file, counted from 1, or null
  /// @param column of a file, or null
  /// @param detail what is wrong and what would be right
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Place(
      @Nullable String pointer, @Nullable Long line, @Nullable String column, String detail) {}
}
