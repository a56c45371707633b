package dev.backprop.dataset.web;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.Texts;
import dev.backprop.dataset.intake.CsvOptions;
import dev.backprop.dataset.intake.DatasetFactory;
import dev.backprop.dataset.intake.DatasetRequest;
import dev.backprop.dataset.intake.FileParameters;
import dev.backprop.dataset.intake.Upload;
import dev.backprop.http.Idempotent;
import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.Bound;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MultipartFile;

/// Data sets over HTTP.
@RestController
@RequestMapping(path = DatasetController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(
    name = "Datasets",
    description =
        "Immutable tables of numbers, categories, booleans and dates to train and evaluate with")
class DatasetController {

  static final String PATH = "/api/v1/datasets";

  private static final String NDJSON = "application/x-ndjson";
  private static final String JSONL = "application/jsonl";
  private static final String PARQUET = "application/vnd.apache.parquet";

  private static final String SUMMARY = "Create a data set";

  private final DatasetFactory factory;
  private final DatasetRepository repository;
  private final DatasetProperties properties;

  DatasetController(
      DatasetFactory factory, DatasetRepository repository, DatasetProperties properties) {
    this.factory = factory;
    this.repository = repository;
    this.properties = properties;
  }

  @Idempotent
  @PostMapping(consumes = {"text/csv", "text/x-arff", "application/x-arff", NDJSON, JSONL, PARQUET})
  @Operation(summary = SUMMARY, description = DatasetExamples.DESCRIPTION)
  @ApiResponse(
      responseCode = "201",
      description = "Created",
      headers = @Header(name = "Location", schema = @Schema(type = "string")),
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = DatasetView.class),
              examples = @ExampleObject(DatasetExamples.DATASET)))
  @Problems({
    ProblemType.INVALID_REQUEST,
    ProblemType.INVALID_DATA,
    ProblemType.LIMIT_EXCEEDED,
    ProblemType.PAYLOAD_TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
    ProblemType.INSUFFICIENT_STORAGE
  })
  ResponseEntity<DatasetView> createFromFile(
      @Parameter(hidden = true) InputStream body,
      @RequestHeader HttpHeaders headers,
      @ParameterObject FileParameters parameters)
      throws IOException {
    return created(
        read(Upload.ofBody(headers, properties.maxUpload().toBytes()), parameters, body));
  }

  @Idempotent
  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @Operation(summary = SUMMARY, description = DatasetExamples.DESCRIPTION)
  @ApiResponse(
      responseCode = "201",
      description = "Created",
      headers = @Header(name = "Location", schema = @Schema(type = "string")),
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = DatasetView.class)))
  @Problems({
    ProblemType.INVALID_REQUEST,
    ProblemType.INVALID_DATA,
    ProblemType.LIMIT_EXCEEDED,
    ProblemType.PAYLOAD_TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
    ProblemType.INSUFFICIENT_STORAGE
  })
  ResponseEntity<DatasetView> createFromForm(
      @Parameter(
              description =
                  "A file of CSV, ARFF, newline-delimited JSON or Parquet, or one packed by gzip (.gz)")
          @RequestParam
          MultipartFile file,
      @ParameterObject FileParameters parameters)
      throws IOException {
    Upload upload = Upload.ofForm(file, properties.maxUpload().toBytes());
    try (InputStream content = file.getInputStream()) {
      return created(read(upload, parameters.nameOr(upload.name()), content));
    }
  }

  private Dataset read(Upload upload, FileParameters parameters, InputStream body)
      throws IOException {
    CsvOptions options = parameters.toOptions(upload.format(), upload.charset());
    try (InputStream file = upload.open(body, properties)) {
      return switch (upload.format()) {
        case CSV -> factory.fromCsv(file, options);
        case ARFF -> factory.fromArff(file, options);
        case NDJSON -> factory.fromNdjson(file, options);
        case PARQUET -> factory.fromParquet(file, options);
      };
    }
  }

  @Idempotent
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = SUMMARY, description = DatasetExamples.DESCRIPTION)
  @ApiResponse(
      responseCode = "201",
      description = "Created",
      headers = @Header(name = "Location", schema = @Schema(type = "string")),
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = DatasetView.class)))
  @Problems({
    ProblemType.INVALID_REQUEST,
    ProblemType.INVALID_DATA,
    ProblemType.PAYLOAD_TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
    ProblemType.INSUFFICIENT_STORAGE
  })
  ResponseEntity<DatasetView> createFromJson(
      // springdoc keeps one description of the body for all the methods of this path
      @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content = {
                @Content(
                    mediaType = MediaType.APPLICATION_JSON_VALUE,
                    schema = @Schema(implementation = DatasetRequest.class),
                    examples = {
                      @ExampleObject(name = "arrays", value = DatasetExamples.ARRAYS),
                      @ExampleObject(name = "rows", value = DatasetExamples.ROWS),
                      @ExampleObject(name = "generator", value = DatasetExamples.GENERATOR)
                    }),
                @Content(
                    mediaType = "text/csv",
                    schema = @Schema(type = "string"),
                    examples = @ExampleObject(DatasetExamples.CSV)),
                @Content(
                    mediaType = "text/x-arff",
                    schema = @Schema(type = "string"),
                    examples = @ExampleObject(DatasetExamples.ARFF)),
                @Content(
                    mediaType = NDJSON,
                    schema = @Schema(type = "string"),
                    examples = @ExampleObject(DatasetExamples.LINES)),
                @Content(
                    mediaType = JSONL,
                    schema = @Schema(type = "string"),
                    examples = @ExampleObject(DatasetExamples.LINES)),
                @Content(mediaType = PARQUET, schema = @Schema(type = "string", format = "binary")),
                @Content(
                    mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                    schemaProperties =
                        @SchemaProperty(
                            name = "file",
                            schema = @Schema(type = "string", format = "binary")))
              })
          @RequestBody
          Bound<DatasetRequest> body,
      @Parameter(description = "What to call it where the body has no name")
          @RequestParam(required = false)
          @Nullable String name) {
    InputErrors errors = new InputErrors();
    errors.addAll(body.errors());
    DatasetRequest request = body.value().nameOr(name);
    ProblemType type = errors.isEmpty() ? ProblemType.INVALID_DATA : ProblemType.INVALID_REQUEST;
    Dataset dataset = factory.fromRequest(request, errors, "#").orElse(null);
    errors.throwIfAny(type);
    if (dataset == null) {
      throw new IllegalStateException("no data set and no error");
    }
    return created(dataset);
  }

  @GetMapping
  @Operation(
      summary = "List data sets",
      description =
          "Newest first, page by page; without quartiles, histograms and what else takes a look at"
              + " every cell.")
  @ApiResponse(
      responseCode = "200",
      description = "A page; `next` is what to send as `after` for the next one, null at the end",
      useReturnTypeSchema = true,
      content = @Content(examples = @ExampleObject(DatasetExamples.PAGE)))
  @Problems(ProblemType.INVALID_REQUEST)
  ResponseEntity<Page<DatasetView>> list(
      @Parameter(description = "1 to 100, default 20") @RequestParam(required = false)
          @Nullable String limit,
      @Parameter(description = "`next` of the page before") @RequestParam(required = false)
          @Nullable String after) {
    PageRequest page = PageRequest.of(limit, after).requireCursor(Dataset::isId);
    return repository.list(page).map(DatasetView::withoutProfile).toResponse();
  }

  @GetMapping("/{id}")
  @Operation(
      summary = "Get a data set",
      description =
          "Columns with their profile: missing cells, distinct values, range, mean, quartiles,"
              + " histogram or most frequent categories, and whether it is constant or a duplicate."
              + " `If-None-Match` with the `ETag` gives 304.")
  @ApiResponse(
      responseCode = "200",
      description = "The data set",
      headers = @Header(name = "ETag", schema = @Schema(type = "string")),
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = DatasetView.class),
              examples = @ExampleObject(DatasetExamples.DATASET)))
  @Problems(ProblemType.NOT_FOUND)
  @Nullable ResponseEntity<DatasetView> get(
      @Parameter(description = "The data set's id") @PathVariable String id, WebRequest request) {
    Dataset dataset = require(id);
    if (request.checkNotModified('"' + dataset.sha256() + '"')) {
      return null;
    }
    return ResponseEntity.ok().eTag(dataset.sha256()).body(DatasetView.of(dataset));
  }

  @GetMapping("/{id}/rows")
  @Operation(
      summary = "Get rows of a data set",
      description =
          "Objects from column to number, text, boolean, date or null, in the order of the source.")
  @ApiResponse(
      responseCode = "200",
      description = "A page of rows",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              examples = @ExampleObject(DatasetExamples.PAGE_OF_ROWS)))
  @Problems({ProblemType.NOT_FOUND, ProblemType.INVALID_REQUEST})
  ResponseEntity<Page<Map<String, @Nullable Object>>> rows(
      @Parameter(description = "The data set's id") @PathVariable String id,
      @Parameter(description = "1 to 100, default 20") @RequestParam(required = false)
          @Nullable String limit,
      @Parameter(description = "`next` of the page before") @RequestParam(required = false)
          @Nullable String after) {
    return DatasetRows.page(require(id), PageRequest.of(limit, after)).toResponse();
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Delete a data set",
      description = "Refused with 409 while a queued or running job uses it.")
  @ApiResponse(responseCode = "204", description = "Deleted")
  @Problems({ProblemType.NOT_FOUND, ProblemType.CONFLICT})
  void delete(@Parameter(description = "The data set's id") @PathVariable String id) {
    repository.delete(id);
  }

  private Dataset require(String id) {
    return repository
        .find(id)
        .orElseThrow(() -> ProblemException.notFound("data set", Texts.shorten(id)));
  }

  private ResponseEntity<DatasetView> created(Dataset dataset) {
    repository.save(dataset);
    return ResponseEntity.created(URI.create(PATH + "/" + dataset.id()))
        .eTag(dataset.sha256())
        .body(DatasetView.of(dataset));
  }
}
