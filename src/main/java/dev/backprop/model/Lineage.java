package dev.backprop.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Where a model comes from.
///
/// @param job the id of the job that trained it; null, as are the next three, where nothing is
///   known of the training
/// @param datasetSha256 the content hash of its data set
/// @param seed of everything random
/// @param codeVersion the version of the server
/// @param parametersSha256 SHA-256 over all parameters as little-endian 32-bit floats, layer by
///   layer, each W row by row, then b
/// @param parent the model or job whose parameters the training started from, or null
/// @param validationDatasetSha256 the content hash of the second data set that it was validated
///   with, or null
/// @param epochs how many the training went through, whatever ended it
/// @param changes of its settings while it was trained
/// @param imported how it came to this server, or null where it was trained here
@Schema(description = "Where the model comes from")
public record Lineage(
    @Schema(
            description =
                "The job that trained it; left out, as are the data set, the seed and the version"
                    + " of the server, where an imported ONNX file does not say them")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String job,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String datasetSha256,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long seed,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String codeVersion,
    String parametersSha256,
    @Schema(description = "What a warm start or a fork began with; left out where there is none")
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
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Integer epochs,
    @Schema(
            description =
                "What was changed while it was trained; left out where nothing was. The same spec,"
                    + " changed at the same epochs, makes the same parameters.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Change> changes,
    @Schema(
            description =
                "The file that it came from; left out where it was trained on this server. What"
                    + " stands beside it is of the training, wherever that was.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Imported imported) {

  /// Copies the list.
  public Lineage {
    changes = changes == null ? List.of() : List.copyOf(changes); // left out of files
  }

  /// Of a model of whose training nothing is known.
  public static Lineage unknown(String parametersSha256) {
    return new Lineage(null, null, null, null, parametersSha256, null, null, null, List.of(), null);
  }

  /// Whether settings were changed after the first epoch, so that the spec does not tell all.
  public boolean changedOnTheWay() {
    return changes.stream().anyMatch(change -> change.epoch() > 1);
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
        epochs,
        changes,
        file);
  }

  /// How a model came from a file.
  ///
  /// @param time when
  /// @param fileSha256 of the bytes of the file
  @Schema(name = "ImportedModel")
  public record Imported(Instant time, @Schema(example = "5f2c1d…") String fileSha256) {}

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
          JsonNode patch) {}

  /// What a training started from: a version of a model, a job, or a job that made one.
  ///
  /// @param model its name, or null
  /// @param version of it, or null
  /// @param parametersSha256 of the parameters that the training started from
  /// @param job its id, or null
  /// @param epoch of the job whose parameters were its best, or null
  @Schema(name = "ParentModel")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Parent(
      @Schema(example = "iris") @Nullable String model,
      @Schema(example = "1") @Nullable Integer version,
      @Schema(description = "Of the parameters that the training started from")
          String parametersSha256,
      @Schema(description = "Where it is a fork", example = "job_01k0example") @Nullable String job,
      @Schema(description = "The epoch of that job whose parameters it starts from", example = "57")
          @Nullable Integer epoch) {

    /// This version of the model.
    public static Parent of(Model model) {
      return new Parent(
          model.name(), model.version(), model.lineage().parametersSha256(), null, null);
    }

    /// What it is, in a message.
    public String inWords() {
      return job == null
          ? "version %d of model '%s'".formatted(version, model)
          : "job '%s' after epoch %d".formatted(job, epoch);
    }

    /// The same as what a job has come to.
    public Parent of(String parentJob, int bestEpoch) {
      return new Parent(model, version, parametersSha256, parentJob, bestEpoch);
    }
  }
}
