package dev.backprop.model.spec;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/// Rows to measure with, which the training never sees.
///
/// @param fraction share of the rows, drawn by the seed, of each class alike
public record ValidationSettings(
    @Schema(
            description = "Share of the rows, drawn by the seed; of each class alike",
            example = "0.2")
        @NotNull(message = "the fraction is needed, such as 0.2")
        @DecimalMin(value = "0", inclusive = false, message = "must be between 0 and 1")
        @DecimalMax(value = "1", inclusive = false, message = "must be between 0 and 1")
        @Nullable Double fraction) {}
