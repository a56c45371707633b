package dev.backprop.problem;

import java.io.IOException;
import java.io.InputStream;
import tools.jackson.databind.JsonNode;

/// Binds JSON to request records as strictly as a request body, for a controller that has to look
/// at the JSON first, such as one that merges a patch into it.
public interface JsonBinder {

  /// Binds the tree and finds all that is wrong with its form.
  ///
  /// @throws ProblemException if there is no value at all
  <T> Bound<T> bind(JsonNode tree, Class<T> type);

  /// Binds a whole body of JSON, or the part of one that a stream gives, and finds all that is
  /// wrong with its form.
  ///
  /// @param length of it as its headers say, negative where they do not
  /// @throws ProblemException if it is not JSON, is larger than a body of JSON may be, or has no
  ///   value at all
  /// @throws IOException if the connection fails
  <T> Bound<T> bind(InputStream body, long length, Class<T> type) throws IOException;
}
