package dev.backprop.inference;

import dev.backprop.model.Model;
import dev.backprop.model.ModelRepository;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.Problems;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Predictions over HTTP.
@Tag(name = "Predictions", description = "Raw rows in, labels or numbers out")
@RestController
@RequestMapping(
    path = "/api/v1/models/{name}",
    produces = {
      MediaType.APPLICATION_JSON_VALUE,
      MediaType.APPLICATION_NDJSON_VALUE,
      PredictFormat.CSV_VALUE
    })
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
          + " is not named), for which the model's usual value stands in.\n\nCSV has a"
          + " header with the features in any order; targets are not looked at, another column is"
          + " refused. NDJSON has a row a line: an object by feature, or an array in their order. Both"
          + " are streams of any length: predictions are sent while more rows come, so a caller reads"
          + " while it sends. `Accept` chooses the form of the answer, by default that of the request."
          + " CSV comes with the columns `label` and `probability_…` of each class (`labels` of a"
          + " multilabel model, `margin_…` behind hinge) or the targets, then `flags` and `error`,"
          + " several in one field joined by `; `. What cannot be read on (text that is not UTF-8, an"
          + " open quote) is refused, or, after the first predictions, the last `error` of the"
          + " answer.\n\n`Model-Version` says which version answered, and so does the `ETag`: it is that of"
          + " the model's own address, made weak, and changes when another version answers.";
  private static final String STANDING = "Predict with the champion or the newest version";
  private static final String VERSION = "Predict with one version";
  private static final String CSV_ROWS =
      """
      sepal_length,sepal_width,petal_length,petal_width
      6.3,3.3,6.0,2.5
      """;
  private static final String NDJSON_ROWS =
      """
      {"sepal_length": 6.3, "sepal_width": 3.3, "petal_length": 6.0, "petal_width": 2.5}
      """;
  private static final String CSV_LABELS =
      """
      label,probability_setosa,probability_versicolor,probability_virginica,flags,error
      virginica,0.0,0.04,0.96,,
      """;
  private static final String NDJSON_LABELS =
      """
      {"label": "virginica", "probabilities": {"setosa": 0.0, "versicolor": 0.04, "virginica": 0.96}, "flags": []}
      """;

  private final ModelRepository models;
  private final Predictor predictor;
  private final PredictStreams streams;
  private final InferenceProperties properties;
  private final Timer timer;

  PredictController(
      ModelRepository models,
      Predictor predictor,
      PredictStreams streams,
      InferenceProperties properties,
      MeterRegistry registry) {
    this.models = models;
    this.predictor = predictor;
    this.streams = streams;
    this.properties = properties;
    timer =
        Timer.builder("backprop.predict")
            .description("Time of a request's predictions, from its rows to the network's answers")
            .publishPercentileHistogram()
            .register(registry);
  }

  @PredictOperation
  @Operation(summary = STANDING, description = DESCRIPTION)
  @PostMapping(path = "/predict", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Nullable PredictResponse predict(
      @Parameter(description = "The model's name", example = "xor") @PathVariable String name,
      @RequestBody PredictRequest request,
      HttpServletRequest servlet,
      HttpServletResponse response)
      throws IOException {
    return predict(models.require(name), request, servlet, response);
  }

  @PredictOperation
  @Operation(summary = VERSION, description = DESCRIPTION)
  @PostMapping(path = "/versions/{version}/predict", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Nullable PredictResponse predictWithVersion(
      @Parameter(description = "The model's name", example = "xor") @PathVariable String name,
      @Parameter(description = "The version's number, an alias, or `newest`", example = "1")
          @PathVariable
          String version,
      @RequestBody PredictRequest request,
      HttpServletRequest servlet,
      HttpServletResponse response)
      throws IOException {
    return predict(models.require(name, version), request, servlet, response);
  }

  @PredictOperation
  @Operation(summary = STANDING, description = DESCRIPTION)
  @PostMapping(
      path = "/predict",
      consumes = {PredictFormat.CSV_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
  void predictStream(
      @Parameter(description = "The model's name", example = "xor") @PathVariable String name,
      @Parameter(hidden = true) InputStream body,
      HttpServletRequest servlet,
      HttpServletResponse response)
      throws IOException {
    predict(models.require(name), body, servlet, response);
  }

  @PredictOperation
  @Operation(summary = VERSION, description = DESCRIPTION)
  @PostMapping(
      path = "/versions/{version}/predict",
      consumes = {PredictFormat.CSV_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
  void predictStreamWithVersion(
      @Parameter(description = "The model's name", example = "xor") @PathVariable String name,
      @Parameter(description = "The version's number, an alias, or `newest`", example = "1")
          @PathVariable
          String version,
      @Parameter(hidden = true) InputStream body,
      HttpServletRequest servlet,
      HttpServletResponse response)
      throws IOException {
    predict(models.require(name, version), body, servlet, response);
  }

  /// The ETag is weak: answers to other rows have the same one, and a strong one would forbid to
  /// compress them.
  private static void setHeaders(Model model, HttpServletResponse response) {
    response.setHeader("Model-Version", Integer.toString(model.version()));
    response.setHeader(HttpHeaders.ETAG, "W/" + model.etag());
  }

  /// Null where the answer has been written already: in another form than the request's, or slice
  /// by slice.
  private @Nullable PredictResponse predict(
      Model model, PredictRequest request, HttpServletRequest servlet, HttpServletResponse response)
      throws IOException {
    PredictOptions options = PredictOptions.of(servlet.getParameterMap());
    options.requireFit(model);
    InputErrors errors = new InputErrors();
    request.check(properties.maxRows(), errors);
    errors.throwIfAny(ProblemType.INVALID_DATA);
    PredictFormat answer = PredictFormat.ofAnswer(servlet, PredictFormat.JSON);
    setHeaders(model, response);
    if (answer == PredictFormat.JSON && request.size() <= RowScorer.SLICE) {
      return timer.record(() -> predictor.predict(model, request, options));
    }
    Timer.Sample sample = Timer.start();
    streams.answer(model, request.given(), options, answer, response);
    sample.stop(timer);
    return null;
  }

  private void predict(
      Model model, InputStream body, HttpServletRequest servlet, HttpServletResponse response)
      throws IOException {
    PredictOptions options = PredictOptions.of(servlet.getParameterMap());
    options.requireFit(model);
    PredictFormat given = PredictFormat.ofStream(servlet);
    PredictFormat answer = PredictFormat.ofAnswer(servlet, given);
    setHeaders(model, response);
    streams.answer(model, body, options, given, answer, response);
  }

  /// What the document says of all operations.
  @Parameter(
      name = "topK",
      in = ParameterIn.QUERY,
      description =
          "Of a model that gives labels: only so many of them, the most probable first, as `top` in"
              + " place of `probabilities` (in CSV the columns `top_1`, `probability_1`, …)",
      schema = @Schema(type = "integer", minimum = "1", maximum = "999999999"))
  @Parameter(
      name = "threshold",
      in = ParameterIn.QUERY,
      description =
          "The least probability with which the second of two classes (as `schema.labels` of the"
              + " model has them) or each label of a multilabel model is given. Default: 0.5",
      schema = @Schema(type = "number", minimum = "0", maximum = "1"))
  @Parameter(
      name = "calibrated",
      in = ParameterIn.QUERY,
      description =
          "Of a model that gives probabilities: those of its `calibration`, f(Z / T), which say how"
              + " often it is right more truly than its own do",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @Parameter(
      name = "interval",
      in = ParameterIn.QUERY,
      description =
          "Of a model that gives numbers: `intervals` within which at least this share of true values"
              + " lies, such as 0.9 (in CSV the columns `low_…` and `high_…` of each target)",
      schema = @Schema(type = "number", minimum = "0", maximum = "1"))
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = PredictRequest.class),
            examples = {
              @ExampleObject(name = "inputs", value = INPUTS),
              @ExampleObject(name = "rows", value = ROWS)
            }),
        @Content(
            mediaType = PredictFormat.CSV_VALUE,
            schema = @Schema(type = "string"),
            examples = @ExampleObject(CSV_ROWS)),
        @Content(
            mediaType = MediaType.APPLICATION_NDJSON_VALUE,
            schema = @Schema(type = "string"),
            examples = @ExampleObject(NDJSON_ROWS))
      })
  @ApiResponse(
      responseCode = "200",
      description = "A prediction for each row",
      headers = {
        @Header(
            name = "Model-Version",
            description = "The version that answered",
            schema = @Schema(type = "integer")),
        @Header(
            name = "ETag",
            description = "The same for all answers of this version, and for those of no other",
            schema = @Schema(type = "string"))
      },
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = PredictResponse.class),
            examples = {
              @ExampleObject(name = "regression", value = NUMBERS),
              @ExampleObject(name = "classification", value = LABELS)
            }),
        @Content(
            mediaType = PredictFormat.CSV_VALUE,
            schema = @Schema(type = "string"),
            examples = @ExampleObject(CSV_LABELS)),
        @Content(
            mediaType = MediaType.APPLICATION_NDJSON_VALUE,
            schema = @Schema(type = "string"),
            examples = @ExampleObject(NDJSON_LABELS))
      })
  @Problems({
    ProblemType.INVALID_REQUEST,
    ProblemType.INVALID_SPECIFICATION,
    ProblemType.INVALID_DATA,
    ProblemType.NOT_FOUND,
    ProblemType.LIMIT_EXCEEDED,
    ProblemType.NOT_ACCEPTABLE,
    ProblemType.PAYLOAD_TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE
  })
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  private @interface PredictOperation {}
}
