package dev.backprop.inference.file;

import dev.backprop.http.Idempotent;
import dev.backprop.model.Model;
import dev.backprop.model.ModelView;
import dev.backprop.model.spec.JobSpec;
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
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Model files over HTTP, on their way in.
@Tag(name = "Models")
@RestController
class ImportController {

  private static final String ZIP = "application/zip";

  private static final String IMPORTED =
      """
      {"name": "flowers", "version": 1, "createdAt": "2026-01-01T10:00:00Z",
        "task": "classification", "parameterCount": 259,
        "lineage": {"job": "job_01k0example",
          "datasetSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
          "seed": 42, "codeVersion": "0.1.0",
          "parametersSha256": "7e0ffc59f7302f3d2a03e70152f4ff69b1d4bc266d24096c00d090a0d3b48f29",
          "imported": {"time": "2026-02-01T10:00:00Z",
            "fileSha256": "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"}},
        "links": {"self": "/api/v1/models/flowers/versions/1",
          "predict": "/api/v1/models/flowers/versions/1/predict"}}
      """;

  private final ModelImporter importer;

  ImportController(ModelImporter importer) {
    this.importer = importer;
  }

  @Operation(
      summary = "Import a model",
      description =
          "Takes the model file of an export with `format=zip`, of this or any earlier release, and"
              + " makes the next version under the name. Everything is checked before the model"
              + " exists: the layout of the file, the size and hash of each part, that the parts fit"
              + " each other, and that the model says of the file's own rows what the file says. Its"
              + " `lineage` is that of the training, with the time and the file of the import.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = ZIP,
              schema = @Schema(type = "string", format = "binary"),
              examples = @ExampleObject("PK…")))
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
      consumes = ZIP,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ModelView> importModel(
      @Parameter(
              description = "The name to make the next version of; by default that of the file",
              example = "flowers")
          @RequestParam(required = false)
          @Nullable String name,
      @Parameter(hidden = true) InputStream body,
      @RequestHeader HttpHeaders headers)
      throws IOException {
    if (name != null) {
      JobSpec.requireName(name);
    }
    Model model = importer.add(name, body, headers.getContentLength());
    ModelView view = ModelView.of(model);
    return ResponseEntity.created(URI.create(view.links().get("self"))).body(view);
  }
}
