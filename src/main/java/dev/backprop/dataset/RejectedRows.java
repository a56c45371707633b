package dev.backprop.dataset;

import dev.backprop.problem.InputError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// Rows of a file that were left out of its data set.
///
/// @param rows how many
/// @param first what is wrong with the first of them
@Schema(description = "Rows of the file that were left out, absent if none was")
public record RejectedRows(
    @Schema(description = "How many", example = "1") long rows,
    @Schema(description = "The first 20 errors, each with its line and column")
        List<InputError> first) {

  /// Copies the list.
  public RejectedRows {
    first = List.copyOf(first);
  }
}
