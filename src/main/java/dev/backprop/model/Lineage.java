package dev.backprop.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Where a model comes from.
///
/// @param job the id of the job that trained it
/// @param datasetSha256 the content hash of its data set
/// @param seed of everything random
/// @param codeVersion the version of the server
/// @param parametersSha256 SHA-256 over all parameters as little-endian 32-bit floats, layer by
///   layer, each W row by row, then b
/// @param parent the model whose parameters the training started from, or null
/// @param validationDatasetSha256 the content hash of the second data set that it was validated
///   with, or null
/// @param epochs how many the training went through, whatever ended it
@Schema(description = "Where the model comes from")
public record Lineage(
    String job,
    String datasetSha256,
    long seed,
    String codeVersion,
    String parametersSha256,
    @Schema(description = "The model that a warm start began with; left out where there is none")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Parent parent,
    @Schema(
            description =
                "The content hash of the data set that it was validated with; left out where that"
                    + " was none of its own")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String validationDatasetSha256,
    @Schema(
            description =
                "How many epochs the training went through, whatever ended it; the parameters may"
                    + " be of an earlier one",
            example = "200")
        int epochs) {

  /// The version of a model that a training started from.
  ///
  /// @param model its name
  /// @param version of it
  /// @param parametersSha256 of its parameters
  @Schema(name = "ParentModel")
  public record Parent(
      @Schema(example = "iris") String model,
      @Schema(example = "1") int version,
      String parametersSha256) {

    /// This version of the model.
    public static Parent of(Model model) {
      return new Parent(model.name(), model.version(), model.lineage().parametersSha256());
    }
  }
}
