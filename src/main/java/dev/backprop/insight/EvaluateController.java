package dev.backprop.insight;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.intake.DatasetFactory;
import dev.backprop.dataset.intake.DatasetSource;
import dev.backprop.model.Model;
import dev.backprop.model.ModelRepository;
import dev.backprop.problem.Bound;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Evaluations of models over HTTP.
@Tag(name = "Models")
@RestController
@RequestMapping(path = "/api/v1/models/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
class EvaluateController {

  private static final String STORED =
      """
      {"dataset": {"id": "ds_01k0example"}}
      """;
  private static final String INLINE =
      """
      {"dataset": {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "targets": [[0], [1], [1], [0]]}}
      """;
  private static final String CLASSES =
      """
      {"model": "iris", "version": 3,
        "datasetSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "rows": 150, "loss": 0.1404,
        "metrics": {"accuracy": 0.96, "balancedAccuracy": 0.96, "macroF1": 0.96,
          "logLoss": 0.1404},
        "classes": [
          {"label": "setosa", "rows": 50, "predicted": 50, "precision": 1.0, "recall": 1.0,
            "f1": 1.0},
          {"label": "versicolor", "rows": 50, "predicted": 50, "precision": 0.94, "recall": 0.94,
            "f1": 0.94},
          {"label": "virginica", "rows": 50, "predicted": 50, "precision": 0.94, "recall": 0.94,
            "f1": 0.94}],
        "confusion": {"labels": ["setosa", "versicolor", "virginica"],
          "counts": [[50, 0, 0], [0, 47, 3], [0, 3, 47]]}}
      """;
  private static final String NUMBERS =
      """
      {"model": "xor", "version": 1,
        "datasetSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "rows": 4, "loss": 0.0029, "metrics": {"rmse": 0.0537, "mae": 0.0536, "r2": 0.9885}}
      """;

  private final ModelRepository models;
  private final DatasetRepository datasets;
  private final DatasetFactory factory;
  private final Evaluator evaluator;

  EvaluateController(
      ModelRepository models,
      DatasetRepository datasets,
      DatasetFactory factory,
      Evaluator evaluator) {
    this.models = models;
    this.datasets = datasets;
    this.factory = factory;
    this.evaluator = evaluator;
  }

  @EvaluateOperation
  @PostMapping(path = "/evaluate", consumes = MediaType.APPLICATION_JSON_VALUE)
  EvaluationView evaluate(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @RequestBody Bound<EvaluateRequest> request) {
    return evaluate(models.require(name), request);
  }

  @EvaluateOperation
  @PostMapping(path = "/versions/{version}/evaluate", consumes = MediaType.APPLICATION_JSON_VALUE)
  EvaluationView evaluateVersion(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = "The version's number, an alias, or `newest`", example = "1")
          @PathVariable
          String version,
      @RequestBody Bound<EvaluateRequest> request) {
    return evaluate(models.require(name, version), request);
  }

  private EvaluationView evaluate(Model model, Bound<EvaluateRequest> request) {
    InputErrors errors = new InputErrors();
    errors.addAll(request.errors());
    boolean formIsWrong = !errors.isEmpty();
    DatasetSource source = request.value().dataset();
    Optional<Dataset> data = dataset(source, errors);
    boolean isInline = source != null && source.id() == null;
    errors.throwIfAny(
        formIsWrong
            ? ProblemType.INVALID_REQUEST
            : isInline ? ProblemType.INVALID_DATA : ProblemType.INVALID_SPECIFICATION);
    return evaluator.evaluate(model, data.orElseThrow(), "#/dataset");
  }

  /// @return nothing, exactly if errors were added or there were such
  private Optional<Dataset> dataset(@Nullable DatasetSource source, InputErrors errors) {
    if (source == null) {
      return Optional.empty();
    }
    if (source.id() == null) {
      return factory.fromRequest(source.request(), errors, "#/dataset");
    }
    source.errors().forEach(error -> errors.add(error.below("#/dataset")));
    Optional<Dataset> stored = datasets.find(Objects.requireNonNull(source.id()));
    if (stored.isEmpty()) {
      errors.add(
          "#/dataset/id",
          "there is no data set '%s' on this server".formatted(JsonErrors.shorten(source.id())));
    }
    return stored;
  }

  /// What the document says of both operations.
  @Operation(
      summary = "Evaluate a model",
      description =
          "Measures it on rows that have the targets: the loss, the metrics of the task, precision"
              + " and recall of each class, and which classes are taken for which. Every row"
              + " counts the same. Missing values and unseen categories are taken as in"
              + " predictions. Evaluations run one at a time, in the order of the requests.")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = EvaluateRequest.class),
              examples = {
                @ExampleObject(name = "stored", summary = "A stored data set", value = STORED),
                @ExampleObject(name = "inline", summary = "The rows sent along", value = INLINE)
              }))
  @ApiResponse(
      responseCode = "200",
      description = "How good it is",
      content =
          @Content(
              schema = @Schema(implementation = EvaluationView.class),
              examples = {
                @ExampleObject(name = "classification", value = CLASSES),
                @ExampleObject(name = "regression", value = NUMBERS)
              }))
  @Problems({
    ProblemType.INVALID_REQUEST,
    ProblemType.INVALID_DATA,
    ProblemType.INVALID_SPECIFICATION,
    ProblemType.LIMIT_EXCEEDED,
    ProblemType.NOT_FOUND,
    ProblemType.PAYLOAD_TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE
  })
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  private @interface EvaluateOperation {}
}
