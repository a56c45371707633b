package dev.backprop.problem;

import tools.jackson.databind.JsonNode;

/// Binds JSON to request records as strictly as a request body, for a controller that has to look
/// at the JSON first, such as one that merges a patch into it.
public interface JsonBinder {

  /// Binds the tree and finds all that is wrong with its form.
  ///
  /// @throws ProblemException if there is no value at all
  <T> Bound<T> bind(JsonNode tree, Class<T> type);
}
