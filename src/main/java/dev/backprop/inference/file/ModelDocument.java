package dev.backprop.inference.file;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.model.CrossValidation;
import dev.backprop.model.Lineage;
import dev.backprop.model.Metrics;
import dev.backprop.model.Model;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.Task;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `model.json`: all of a model but its parameters. `preprocessing`, `network` and `scores` say how
/// a raw row is scored; the rest says where the model comes from.
///
/// @param name it had
/// @param version it had
/// @param createdAt when the training ended
/// @param scores what the numbers of a prediction are
/// @param spec what it was made from, every default filled in
/// @param calibration how far the outputs can be trusted, where there is something to be said of it
/// @param training how the training went, where that is known
record ModelDocument(
    @NotNull(message = "is required")
        @Pattern(regexp = JobSpec.NAME, message = "is no name of a model")
        @Nullable String name,
    int version,
    @NotNull(message = "is required") @Nullable Instant createdAt,
    @NotNull(message = "is required") @Nullable Task task,
    @NotNull(message = "is required") @Valid @Nullable PreprocessingDocument preprocessing,
    @NotNull(message = "is required") @Valid @Nullable NetworkDocument network,
    @NotNull(message = "is required") @Nullable ScoreKind scores,
    @NotNull(message = "is required") @Valid @Nullable JobSpec spec,
    @NotNull(message = "is required") @Nullable Metrics metrics,
    @NotNull(message = "is required") @Nullable Lineage lineage,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CrossValidation crossValidation,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Valid @Nullable CalibrationDocument calibration,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Valid @Nullable TrainingDocument training) {

  static final String NAME = "model.json";

  /// How columns become inputs and outputs become predictions.
  ///
  /// @param features in the order of a raw row; their inputs one after the other are those of the
  ///   network
  record PreprocessingDocument(
      @NotNull(message = "is required") @Nullable List<@NotNull @Valid FeatureDocument> features,
      @NotNull(message = "is required") @Valid @Nullable TargetDocument target) {}

  static ModelDocument of(Model model) {
    return new ModelDocument(
        model.name(),
        model.version(),
        model.createdAt(),
        model.task(),
        new PreprocessingDocument(
            model.preprocessor().features().stream().map(FeatureDocument::of).toList(),
            TargetDocument.of(model.preprocessor().target())),
        NetworkDocument.of(model.parameters().spec()),
        ScoreKind.of(model),
        model.spec(),
        model.metrics(),
        model.lineage(),
        model.crossValidation(),
        CalibrationDocument.of(model.calibration()),
        TrainingDocument.of(model.training()));
  }
}
