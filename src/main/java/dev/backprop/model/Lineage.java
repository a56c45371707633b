package dev.backprop.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
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
/// @param changes of its settings while it was trained
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
                "What was changed while it was trained; left out where nothing was. The same spec,"
                    + " changed at the same epochs, makes the same parameters.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Change> changes) {

  /// Copies the list.
  public Lineage {
    changes = List.copyOf(changes);
  }

  /// A change of the settings of a training.
  ///
  /// @param epoch the first in which it held, counted from 1; changes before the first epoch are
  ///   part of the spec too
  /// @param patch JSON merge patch of the spec
  @Schema(name = "Change", description = "A change of a job's settings on the way")
  public record Change(
      @Schema(description = "The first epoch in which it held", example = "421") int epoch,
      @Schema(
              description = "What was changed, as a JSON merge patch of the spec",
              type = "object",
              example = "{\"training\": {\"optimizer\": {\"learningRate\": 0.05}}}")
          Object patch) {}

  /// The version of a model that a training started from.
  ///
  /// @param model its name
  /// @param version of it
  @Schema(name = "ParentModel")
  public record Parent(@Schema(example = "iris") String model, @Schema(example = "1") int version) {

    /// This version of the model.
    public static Parent of(Model model) {
      return new Parent(model.name(), model.version());
    }
  }
}
