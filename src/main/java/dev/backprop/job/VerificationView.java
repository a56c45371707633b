package dev.backprop.job;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A verification as the API shows it.
@Schema(name = "Verification", description = "Whether a training gives the same parameters again")
record VerificationView(
    @Schema(description = "The id of the job that trains again", example = "job_01k0example")
        String id,
    @Schema(example = "iris") String model,
    @Schema(example = "3") int version,
    @Schema(description = "Of the job") JobStatus status,
    @Schema(description = "Null until the training is over, and where it did not come to its end")
        @Nullable Boolean verified,
    @Schema(description = "The `parametersSha256` of the model's lineage") String expectedSha256,
    @Schema(description = "That of the parameters which the training gave")
        @Nullable String actualSha256,
    @Schema(
            description = "In words",
            example = "The same training gave the same parameters, bit for bit.")
        @Nullable String reason,
    @Schema(description = "Where to go from here") Map<String, String> links) {}
