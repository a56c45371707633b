package dev.backprop.insight;

import dev.backprop.dataset.intake.DatasetSource;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/// What to measure a model with.
///
/// @param dataset has the features and targets of the model
record EvaluateRequest(
    @Schema(
            description =
                "A stored data set's id, or the data themselves, with the model's features and"
                    + " targets under the same names; more columns do not matter")
        @NotNull(message = "a data set is needed: its id, or the data themselves")
        @Valid
        @Nullable DatasetSource dataset) {}
