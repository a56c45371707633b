package dev.backprop.inference;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// One of the most probable labels.
///
/// @param probability that the network gives it
/// @param margin in place of a probability, where the loss was hinge
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RankedLabel(
    @Schema(example = "virginica") String label,
    @Schema(example = "0.96") @Nullable Float probability,
    @Schema(description = "In place of a probability, for a network trained with the loss hinge")
        @Nullable Float margin) {

  /// The number that it has.
  float score() {
    return probability != null ? probability : margin != null ? margin : Float.NaN;
  }
}
