package dev.backprop.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/// A table to learn from.
///
/// @param id for jobs
/// @param name that it was given
/// @param rows how many there are
/// @param sha256 of its content
/// @param columns in their order
@JsonIgnoreProperties(ignoreUnknown = true)
public record Dataset(String id, String name, int rows, String sha256, List<Column> columns) {

  /// A column.
  ///
  /// @param type `number`, `category`, `boolean`, `date` or `ignored`
  /// @param missing how many rows have no value
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Column(String name, String type, int missing) {}
}
