package dev.backprop.inference.export;

import dev.backprop.model.Model;
import dev.backprop.model.ModelRepository;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/// Models as files over HTTP.
@Tag(name = "Models")
@RestController
@RequestMapping("/api/v1/models/{name}")
class ExportController {

  private static final String DESCRIPTION =
      "`zip` is the model file: settings, preprocessing, metrics and lineage as JSON, the parameters"
          + " as little-endian 32-bit floats, rows to test it with and a hash of each part. It is"
          + " what `/api/v1/models/import` takes, and every later release reads it. `json` is the same"
          + " as one document.\n\n`java`, `javascript`, `python` and `c` are one source file that"
          + " scores raw rows as `/predict` does and needs nothing beside itself, for models of up to"
          + " 2,000,000 numbers.\n\n`onnx` is a graph for ONNX Runtime and the like that takes raw"
          + " columns, an input of shape rows × 1 each (numbers, booleans as 0 or 1 and dates as days"
          + " since 1970-01-01 as float, NaN where missing; categories as string, empty where missing),"
          + " and gives `label` and `probabilities` (behind hinge `margins`), for multilabel `labels`"
          + " of 0 and 1, or `values`; a row that predict refuses has NaN and no label. It is of IR"
          + " version 7, opset 13 and ai.onnx.ml 2; a column that is called as an output keeps its"
          + " name, and the output gets an underscore. Its metadata has the names of all, and what the"
          + " lineage has.\n\nThe bytes are the same for the same model.";
  private static final String FORM = "The form of the file";

  private final ModelRepository models;
  private final Map<ExportFormat, ModelExporter> exporters = new EnumMap<>(ExportFormat.class);

  ExportController(ModelRepository models, List<ModelExporter> exporters) {
    this.models = models;
    exporters.forEach(exporter -> this.exporters.put(exporter.format(), exporter));
  }

  @ExportOperation
  @Operation(summary = "Export the champion or the newest version", description = DESCRIPTION)
  @GetMapping("/export")
  void standing(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = FORM, example = "zip") @RequestParam ExportFormat format,
      WebRequest request,
      HttpServletResponse response)
      throws IOException {
    send(models.require(name), format, request, response);
  }

  @ExportOperation
  @Operation(summary = "Export one version", description = DESCRIPTION)
  @GetMapping("/versions/{version}/export")
  void version(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = "The version's number, an alias, or `newest`", example = "1")
          @PathVariable
          String version,
      @Parameter(description = FORM, example = "zip") @RequestParam ExportFormat format,
      WebRequest request,
      HttpServletResponse response)
      throws IOException {
    send(models.require(name, version), format, request, response);
  }

  private void send(
      Model model, ExportFormat format, WebRequest request, HttpServletResponse response)
      throws IOException {
    if (request.checkNotModified(etag(model, format))) {
      return;
    }
    ModelExporter exporter = exporters.get(format);
    if (exporter == null) {
      throw new IllegalStateException("nothing writes " + format);
    }
    ModelExporter.Content content = exporter.export(model);
    response.setContentType(format.mediaType());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + format.fileName(model) + '"');
    response.setHeader("Model-Version", Integer.toString(model.version()));
    content.writeTo(response.getOutputStream());
  }

  private static String etag(Model model, ExportFormat format) {
    return "\"%s-%s-%s\""
        .formatted(
            model.lineage().parametersSha256(),
            model.version(),
            format.name().toLowerCase(Locale.ROOT));
  }

  /// What the document says of both operations.
  @ApiResponse(
      responseCode = "200",
      description = "The file",
      content = {
        @Content(
            mediaType = "application/zip",
            schema = @Schema(type = "string", format = "binary"),
            examples = @ExampleObject("PK…")),
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(type = "object"),
            examples =
                @ExampleObject(
                    "{\"format\": \"backprop-model\", \"formatVersion\": 1, \"model\": {}, \"parameters\": [], \"selfTest\": {}}")),
        @Content(
            mediaType = "text/x-python",
            schema = @Schema(type = "string"),
            examples = @ExampleObject("def score(row): ...")),
        @Content(
            mediaType = "application/onnx",
            schema = @Schema(type = "string", format = "binary"),
            examples = @ExampleObject("…"))
      })
  @Problems({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND, ProblemType.LIMIT_EXCEEDED})
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  private @interface ExportOperation {}
}
