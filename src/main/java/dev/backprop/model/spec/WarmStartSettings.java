package dev.backprop.model.spec;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/// The model that a training starts from.
///
/// @param model its name
/// @param version of it; by default what the name alone means
public record WarmStartSettings(
    @Schema(description = "The model's name", example = "iris")
        @NotNull(message = "the name of a model is needed")
        @Nullable String model,
    @Schema(
            description =
                "The number of its version. By default the one that the alias `champion` points at"
                    + " at the time of the request, or the newest where that is not set.",
            example = "3")
        @Min(value = 1, message = "versions count from 1")
        @Nullable Integer version) {}
