package dev.backprop.inference;

import dev.backprop.model.Model;
import dev.backprop.model.ModelRepository;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.Problems;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
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
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Predictions over HTTP.
@Tag(name = "Predictions", description = "Raw rows in, labels or numbers out")
@RestController
@RequestMapping(path = "/api/v1/models/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
class PredictController {

  private static final String INPUTS =
      """
      {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]]}
      """;
  private static final String ROWS =
      """
      {"rows": [{"sepal_length": 6.3, "sepal_width": 3.3, "petal_length": 6.0, "petal_width": 2.5}]}
      """;
  private static final String NUMBERS =
      """
      {"model": "xor", "version": 1, "predictions": [
        {"values": {"y1": 0.05}, "flags": []}, {"values": {"y1": 0.95}, "flags": []},
        {"values": {"y1": 0.95}, "flags": []}, {"values": {"y1": 0.05}, "flags": []}]}
      """;
  private static final String LABELS =
      """
      {"model": "iris", "version": 3, "predictions": [
        {"label": "virginica",
         "probabilities": {"setosa": 0.0, "versicolor": 0.04, "virginica": 0.96}, "flags": []}]}
      """;
  private static final String DESCRIPTION =
      "Takes raw rows, as the data set had them: `inputs` are values in the order of the model's"
          + " features, `rows` are objects by feature. Scaling and one-hot columns are the model's"
          + " affair. A row that cannot be scored has an `error` in its place; the others are"
          + " scored. `flags` name features that the training did not prepare for: numbers out of"
          + " the training range, unseen categories, and missing values (null, or a feature that"
          + " is not named), for which the model's usual value stands in.";

  private final ModelRepository models;
  private final Predictor predictor;
  private final InferenceProperties properties;
  private final Timer timer;

  PredictController(
      ModelRepository models,
      Predictor predictor,
      InferenceProperties properties,
      MeterRegistry registry) {
    this.models = models;
    this.predictor = predictor;
    this.properties = properties;
    timer =
        Timer.builder("backprop.predict")
            .description("Time of a request's predictions, from its rows to the network's answers")
            .publishPercentileHistogram()
            .register(registry);
  }

  @PredictOperation
  @Operation(summary = "Predict with the newest version", description = DESCRIPTION)
  @PostMapping(path = "/predict", consumes = MediaType.APPLICATION_JSON_VALUE)
  PredictResponse predict(
      @Parameter(description = "The model's name", example = "xor") @PathVariable String name,
      @RequestBody PredictRequest request) {
    return predict(
        request,
        () -> models.newest(name).orElseThrow(() -> ProblemException.notFound("model", name)));
  }

  @PredictOperation
  @Operation(summary = "Predict with one version", description = DESCRIPTION)
  @PostMapping(path = "/versions/{version}/predict", consumes = MediaType.APPLICATION_JSON_VALUE)
  PredictResponse predictWithVersion(
      @Parameter(description = "The model's name", example = "xor") @PathVariable String name,
      @Parameter(description = "The version's number", example = "1") @PathVariable int version,
      @RequestBody PredictRequest request) {
    return predict(
        request,
        () ->
            models
                .find(name, version)
                .orElseThrow(
                    () -> ProblemException.notFound("model", name + " version " + version)));
  }

  private PredictResponse predict(PredictRequest request, Supplier<Model> found) {
    Model model = found.get();
    InputErrors errors = new InputErrors();
    request.check(properties.maxRows(), errors);
    errors.throwIfAny(ProblemType.INVALID_DATA);
    return timer.record(() -> predictor.predict(model, request));
  }

  /// What the document says of both operations.
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content =
          @Content(
              schema = @Schema(implementation = PredictRequest.class),
              examples = {
                @ExampleObject(name = "inputs", value = INPUTS),
                @ExampleObject(name = "rows", value = ROWS)
              }))
  @ApiResponse(
      responseCode = "200",
      description = "A prediction for each row",
      content =
          @Content(
              schema = @Schema(implementation = PredictResponse.class),
              examples = {
                @ExampleObject(name = "regression", value = NUMBERS),
                @ExampleObject(name = "classification", value = LABELS)
              }))
  @Problems({
    ProblemType.INVALID_REQUEST,
    ProblemType.INVALID_DATA,
    ProblemType.NOT_FOUND,
    ProblemType.PAYLOAD_TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE
  })
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  private @interface PredictOperation {}
}
