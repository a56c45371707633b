package dev.backprop.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
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
/// @param imported how it came to this server, or null where it was trained here
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
                "The file that it came from; left out where it was trained on this server. What"
                    + " stands beside it is of the training, wherever that was.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Imported imported) {

  /// Of a model that was trained here.
  public Lineage(
      String job,
      String datasetSha256,
      long seed,
      String codeVersion,
      String parametersSha256,
      @Nullable Parent parent,
      @Nullable String validationDatasetSha256) {
    this(
        job,
        datasetSha256,
        seed,
        codeVersion,
        parametersSha256,
        parent,
        validationDatasetSha256,
        null);
  }

  /// The same, of a model that came from a file.
  public Lineage withImported(Imported file) {
    return new Lineage(
        job,
        datasetSha256,
        seed,
        codeVersion,
        parametersSha256,
        parent,
        validationDatasetSha256,
        file);
  }

  /// How a model came from a file.
  ///
  /// @param time when
  /// @param fileSha256 of the bytes of the file
  @Schema(name = "ImportedModel")
  public record Imported(Instant time, @Schema(example = "5f2c1d…") String fileSha256) {}

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
