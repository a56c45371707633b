package dev.backprop.inference.onnx;

import dev.backprop.http.Idempotent;
import dev.backprop.model.Model;
import dev.backprop.model.ModelView;
import dev.backprop.model.onnx.ImportOptions;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.Task;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// ONNX files over HTTP, on their way in.
@Tag(name = "Models")
@RestController
class OnnxImportController {

  private static final String ONNX = "application/onnx";

  private static final String IMPORTED =
      """
      {"name": "flowers", "version": 1, "createdAt": "2026-01-01T10:00:00Z",
        "task": "classification", "parameterCount": 259, "metrics": {},
        "lineage": {
          "parametersSha256": "7e0ffc59f7302f3d2a03e70152f4ff69b1d4bc266d24096c00d090a0d3b48f29",
          "imported": {"time": "2026-01-01T10:00:00Z",
            "fileSha256": "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"}},
        "links": {"self": "/api/v1/models/flowers/versions/1",
          "predict": "/api/v1/models/flowers/versions/1/predict"}}
      """;

  private final OnnxImporter importer;

  OnnxImportController(OnnxImporter importer) {
    this.importer = importer;
  }

  @Operation(
      summary = "Import a model",
      description =
          "With `application/onnx` takes a dense network, such as PyTorch or scikit-learn's"
              + " converter write it, and makes the next version under the name. The graph has one"
              + " input of 32-bit floats, rows × features, and is a chain of Gemm, or MatMul and Add,"
              + " each with batch or layer normalization and an activation: Relu, LeakyRelu, Elu,"
              + " Selu, Gelu, silu, Sigmoid, HardSigmoid, Tanh, Softplus, Softsign or none, and Softmax"
              + " for the output. Anything else is refused by its name. Numbers are in the file"
              + " itself, 32-bit floats; no other file is opened.\n\nEvery input is a feature that is"
              + " not scaled: what was done to the data before the network has to be done before"
              + " predict too. The names come from the query, else from `metadata_props` of the file"
              + " (`features`, `targets`, `labels`, each a JSON array of texts), else they are counted:"
              + " `x1`…, `y1`…, and labels from `0` on. Of the training nothing is known, so that"
              + " there are no metrics; `warmStart` trains it further.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = ONNX,
              schema = @Schema(type = "string", format = "binary"),
              examples = @ExampleObject("…")))
  @ApiResponse(
      responseCode = "201",
      description = "Imported",
      headers = @Header(name = "Location", schema = @Schema(type = "string")),
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = ModelView.class),
              examples = @ExampleObject(IMPORTED)))
  @Problems({
    ProblemType.INVALID_REQUEST,
    ProblemType.INVALID_MODEL,
    ProblemType.PAYLOAD_TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
    ProblemType.UNAVAILABLE,
    ProblemType.INSUFFICIENT_STORAGE
  })
  @Idempotent
  @PostMapping(
      path = "/api/v1/models/import",
      consumes = ONNX,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ModelView> importNetwork(
      @Parameter(description = "The name to make the next version of", example = "flowers")
          @RequestParam
          String name,
      @Parameter(
              description =
                  "What the network learned. By default classification behind softmax or one"
                      + " sigmoid, multilabel behind several sigmoids, else regression. For"
                      + " classification and multilabel a linear output is taken for logits: softmax"
                      + " or sigmoid is put behind it.")
          @RequestParam(required = false)
          @Nullable Task task,
      @Parameter(
              description = "What the inputs are called, in their order",
              example = "petal_length,petal_width")
          @RequestParam(required = false)
          @Nullable List<String> features,
      @Parameter(
              description =
                  "What the outputs are called, in their order; for classification, the one column"
                      + " that has the classes",
              example = "species")
          @RequestParam(required = false)
          @Nullable List<String> targets,
      @Parameter(
              description = "The classes, or the labels of multilabel, in the order of the outputs",
              example = "setosa,versicolor,virginica")
          @RequestParam(required = false)
          @Nullable List<String> labels,
      @Parameter(
              description = "The output of the graph to take, where several have 32-bit floats",
              example = "probabilities")
          @RequestParam(required = false)
          @Nullable String output,
      @Parameter(hidden = true) InputStream body,
      @RequestHeader HttpHeaders headers)
      throws IOException {
    JobSpec.requireName(name);
    Model model =
        importer.add(
            name,
            new ImportOptions(task, features, targets, labels, output),
            body,
            headers.getContentLength());
    ModelView view = ModelView.of(model);
    return ResponseEntity.created(URI.create(view.links().get("self"))).body(view);
  }
}
