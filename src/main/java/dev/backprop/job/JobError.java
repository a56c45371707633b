package dev.backprop.job;

import io.swagger.v3.oas.annotations.media.Schema;

/// Why a job failed.
///
/// @param code a word for programs
/// @param detail what happened and what to try
record JobError(
    @Schema(
            example = "diverged",
            allowableValues = {"diverged", "timeLimit", "outOfMemory", "internal"})
        String code,
    @Schema(
            example =
                "The loss was no longer a finite number in epoch 3, batch 1. It began in hidden"
                    + " layer 1, whose sums became too large. Try a smaller learning rate than"
                    + " 1.0E10, such as 1.0E9, or \"gradientClipping\": {\"norm\": 1.0}.")
        String detail) {}
