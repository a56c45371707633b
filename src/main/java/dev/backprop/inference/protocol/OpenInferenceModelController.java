package dev.backprop.inference.protocol;

import dev.backprop.inference.Prediction;
import dev.backprop.inference.Predictor;
import dev.backprop.inference.RawRows;
import dev.backprop.inference.RowScorer;
import dev.backprop.model.Model;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Models in the words of the Open Inference Protocol. Without a version it is the champion or the
/// newest.
@Tag(name = "Open Inference Protocol")
@RestController
@RequestMapping("/v2/models/{name}")
class OpenInferenceModelController {

  private final ModelVersions models;
  private final InferReader reader;
  private final InferWriter writer;
  private final Predictor predictor;
  private final InferStatistics statistics;

  OpenInferenceModelController(
      ModelVersions models,
      InferReader reader,
      InferWriter writer,
      Predictor predictor,
      InferStatistics statistics) {
    this.models = models;
    this.reader = reader;
    this.writer = writer;
    this.predictor = predictor;
    this.statistics = statistics;
  }

  /// A model.
  ///
  /// @param versions that may be asked for, newest first
  record ModelMetadata(
      String name,
      List<String> versions,
      String platform,
      List<TensorMetadata> inputs,
      List<TensorMetadata> outputs) {}

  /// Whether a model can be asked.
  record ModelReady(String name, boolean ready) {}

  @MetadataOperation
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  ModelMetadata metadata(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name) {
    return metadata(models.require(name, null));
  }

  @MetadataOperation
  @GetMapping(path = "/versions/{version}", produces = MediaType.APPLICATION_JSON_VALUE)
  ModelMetadata metadataOfVersion(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = "The version's number, or an alias", example = "1") @PathVariable
          String version) {
    return metadata(models.require(name, version));
  }

  @ReadyOperation
  @GetMapping(path = "/ready", produces = MediaType.APPLICATION_JSON_VALUE)
  ModelReady ready(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name) {
    return new ModelReady(models.require(name, null).name(), true);
  }

  @ReadyOperation
  @GetMapping(path = "/versions/{version}/ready", produces = MediaType.APPLICATION_JSON_VALUE)
  ModelReady readyVersion(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = "The version's number, or an alias", example = "1") @PathVariable
          String version) {
    return new ModelReady(models.require(name, version).name(), true);
  }

  @InferOperation
  @PostMapping("/infer")
  void infer(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(hidden = true) InputStream body,
      @RequestHeader HttpHeaders headers,
      HttpServletResponse response)
      throws IOException {
    infer(models.require(name, null), body, headers, response);
  }

  @InferOperation
  @PostMapping("/versions/{version}/infer")
  void inferWithVersion(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = "The version's number, or an alias", example = "1") @PathVariable
          String version,
      @Parameter(hidden = true) InputStream body,
      @RequestHeader HttpHeaders headers,
      HttpServletResponse response)
      throws IOException {
    infer(models.require(name, version), body, headers, response);
  }

  private void infer(
      Model model, InputStream body, HttpHeaders headers, HttpServletResponse response)
      throws IOException {
    long begin = System.nanoTime();
    try {
      Inference inference = reader.read(model, headers, body);
      long read = System.nanoTime();
      List<Prediction> predictions = predict(model, inference.inputs());
      long scored = System.nanoTime();
      writer.write(model, inference, predictions, response);
      statistics.succeeded(
          model,
          predictions.size(),
          new InferStatistics.Parts(read - begin, scored - read, System.nanoTime() - scored));
    } catch (ProblemException e) {
      statistics.failed(model, System.nanoTime() - begin);
      throw e;
    }
  }

  /// A prediction for each row.
  ///
  /// @throws ProblemException if one of them cannot be scored: a tensor has no place for an error
  private List<Prediction> predict(Model model, InferInputs inputs) {
    RowScorer scorer = predictor.scorer(model, inputs.rows());
    List<Prediction> predictions = new ArrayList<>(inputs.rows());
    RawRows room = new RawRows();
    for (int from = 0; from < inputs.rows(); from += scorer.slice()) {
      int count = Math.min(scorer.slice(), inputs.rows() - from);
      for (Prediction prediction : inputs.score(scorer, from, count, room)) {
        if (prediction.error() != null) {
          throw new ProblemException(
              ProblemType.INVALID_REQUEST,
              "Row %d (the first is 0) of %s cannot be scored: %s"
                  .formatted(predictions.size(), inputs.describe(), prediction.error()));
        }
        predictions.add(prediction);
      }
    }
    return predictions;
  }

  private ModelMetadata metadata(Model model) {
    ModelTensors tensors = new ModelTensors(model);
    return new ModelMetadata(
        model.name(),
        models.of(model.name()).stream()
            .map(version -> Integer.toString(version.version()))
            .toList(),
        "backprop_mlp",
        tensors.inputMetadata(),
        tensors.outputMetadata());
  }

  @Operation(
      summary = "Describe a model to clients of the protocol",
      description =
          "Its versions, what it takes and what it gives. Where all features are numbers the inputs"
              + " are one tensor, which can be given as a tensor for each feature as well.")
  @ApiResponse(
      responseCode = "200",
      description = "The model",
      content =
          @Content(
              schema = @Schema(implementation = ModelMetadata.class),
              examples = @ExampleObject(OpenInferenceExamples.MODEL)))
  @OpenInferenceErrors
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  private @interface MetadataOperation {}

  @Operation(
      summary = "Check that a model is ready",
      description = "A model is ready as soon as it exists; else this is 404.")
  @ApiResponse(
      responseCode = "200",
      description = "It is",
      content =
          @Content(
              schema = @Schema(implementation = ModelReady.class),
              examples = @ExampleObject(OpenInferenceExamples.MODEL_READY)))
  @OpenInferenceErrors
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  private @interface ReadyOperation {}

  @Operation(summary = "Predict by tensors", description = OpenInferenceExamples.INFER)
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = InferRequest.class),
            examples = {
              @ExampleObject(name = "one tensor", value = OpenInferenceExamples.REQUEST),
              @ExampleObject(name = "a tensor a feature", value = OpenInferenceExamples.COLUMNS)
            }),
        @Content(
            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
            schema = @Schema(type = "string", format = "binary"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "The outputs, in the order of the request",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(type = "object"),
            examples = @ExampleObject(OpenInferenceExamples.ANSWER)),
        @Content(
            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
            schema = @Schema(type = "string", format = "binary"))
      })
  @OpenInferenceErrors
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  private @interface InferOperation {}
}
