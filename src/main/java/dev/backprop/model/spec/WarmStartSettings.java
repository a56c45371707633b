package dev.backprop.model.spec;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/// The model that a training starts from.
///
/// @param model its name
/// @param version of it; by default the newest
public record WarmStartSettings(
    @Schema(description = "The model's name", example = "iris")
        @NotNull(message = "the name of a model is needed")
        @Nullable String model,
    @Schema(
            description = "Its version. By default the newest at the time of the request.",
            example = "3")
        @Min(value = 1, message = "versions count from 1")
        @Nullable Integer version) {}
