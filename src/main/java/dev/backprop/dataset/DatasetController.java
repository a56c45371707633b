package dev.backprop.dataset;

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
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.multipart.MultipartFile;

/// Data sets over HTTP.
@RestController
@RequestMapping(DatasetController.PATH)
@Tag(
    name = "Datasets",
    description = "Immutable tables of numbers and categories to train and evaluate with")
class DatasetController {

  static final String PATH = "/api/v1/datasets";

  private static final String SUMMARY = "Create a data set";

  private static final String DESCRIPTION =
      """
      Takes a table as CSV, as JSON or as a file of a form, and keeps it.

      CSV is UTF-8 with a header; a first line of nothing but numbers is data, and the columns are
      called `c1`, `c2`, …. The delimiter is found in the first line among `,` `;` `|` and tab. A
      column is one of numbers if every cell of its first 1,000 rows that is not missing is a
      finite 32-bit number, else one of categories. Empty cells, `?`, `NA`, `NaN` and `null` are
      missing. Empty lines are skipped and spaces around fields without quotes are cut off.

      JSON is `inputs` with `targets`, or `rows`, or a `generator`.""";

  private static final String EXAMPLE =
      """
      {"id": "ds_01kbe3g6v4h8w2m5q9x7c1d0zr", "name": "iris", "rows": 150, "bytes": 1250,
       "sha256": "9f2c1d3a…", "createdAt": "2026-11-24T21:00:00Z",
       "columns": [
         {"name": "petal_length", "type": "number", "missing": 0,
          "min": 1.0, "max": 6.9, "mean": 3.758, "standardDeviation": 1.7594},
         {"name": "species", "type": "category", "missing": 0,
          "categories": [{"value": "setosa", "count": 50}, {"value": "versicolor", "count": 50},
                         {"value": "virginica", "count": 50}]}]}""";

  private final DatasetFactory factory;
  private final DatasetRepository repository;
  private final DatasetProperties properties;

  DatasetController(
      DatasetFactory factory, DatasetRepository repository, DatasetProperties properties) {
    this.factory = factory;
    this.repository = repository;
    this.properties = properties;
  }

  @PostMapping(consumes = "text/csv")
  @Operation(
      summary = SUMMARY,
      description = DESCRIPTION,
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "text/csv",
                      schema = @Schema(type = "string"),
                      examples = @ExampleObject("x1,x2,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n"))))
  @ApiResponse(
      responseCode = "201",
      description = "Created",
      headers = @Header(name = "Location", schema = @Schema(type = "string")),
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = DatasetView.class),
              examples = @ExampleObject(EXAMPLE)))
  @Problems({
    ProblemType.INVALID_REQUEST,
    ProblemType.INVALID_DATA,
    ProblemType.LIMIT_EXCEEDED,
    ProblemType.PAYLOAD_TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
    ProblemType.INSUFFICIENT_STORAGE
  })
  ResponseEntity<DatasetView> createFromCsv(
      @Parameter(hidden = true) InputStream body,
      @RequestHeader HttpHeaders headers,
      @Parameter(description = "What to call it", example = "iris") @RequestParam(required = false)
          @Nullable String name,
      @Parameter(
              description = "Types that are not to be inferred: number, category or ignored",
              example = "zip:category,id:ignored")
          @RequestParam(required = false)
          @Nullable String types,
      @Parameter(description = "One of , ; | and tab", example = ";")
          @RequestParam(required = false)
          @Nullable String delimiter)
      throws IOException {
    CsvOptions options = CsvOptions.of(name, delimiter, types);
    CsvUpload.check(headers, properties.maxUpload().toBytes());
    return created(factory.fromCsv(body, options));
  }

  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @Operation(summary = SUMMARY, description = DESCRIPTION)
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
      @Parameter(description = "A CSV file") @RequestParam MultipartFile file,
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable String types,
      @RequestParam(required = false) @Nullable String delimiter)
      throws IOException {
    CsvOptions options =
        CsvOptions.of(name == null ? CsvUpload.nameOf(file) : name, delimiter, types);
    CsvUpload.check(file, properties.maxUpload().toBytes());
    try (InputStream content = file.getInputStream()) {
      return created(factory.fromCsv(content, options));
    }
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = SUMMARY,
      description = DESCRIPTION,
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(implementation = DatasetRequest.class),
                      examples = {
                        @ExampleObject(
                            name = "arrays",
                            value =
                                """
                                {"name": "xor", "inputs": [[0, 0], [0, 1], [1, 0], [1, 1]],
                                 "targets": [[0], [1], [1], [0]]}"""),
                        @ExampleObject(
                            name = "rows",
                            value =
                                """
                                {"name": "fruit", "rows": [{"weight": 150, "kind": "apple"},
                                                           {"weight": 12, "kind": "cherry"}]}"""),
                        @ExampleObject(
                            name = "generator",
                            value =
                                """
                                {"generator": {"type": "xor", "rows": 400, "noise": 0.1,
                                               "seed": 7}}""")
                      })))
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
      @RequestBody Bound<DatasetRequest> body,
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
  @Operation(summary = "List data sets", description = "Newest first, page by page.")
  @ApiResponse(
      responseCode = "200",
      description = "A page; `next` is what to send as `after` for the next one, null at the end")
  @Problems(ProblemType.INVALID_REQUEST)
  ResponseEntity<Page<DatasetView>> list(
      @Parameter(description = "1 to 100, default 20") @RequestParam(required = false)
          @Nullable String limit,
      @Parameter(description = "`next` of the page before") @RequestParam(required = false)
          @Nullable String after) {
    PageRequest page = PageRequest.of(limit, after);
    if (after != null && !Dataset.isId(after)) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "The query parameter 'after' is '%s', which is no cursor of this list; send the 'next' of the page before."
              .formatted(Texts.shorten(after)));
    }
    return repository.list(page).map(DatasetView::of).toResponse();
  }

  @GetMapping("/{id}")
  @Operation(
      summary = "Get a data set",
      description = "Columns with their statistics; `If-None-Match` with the `ETag` gives 304.")
  @ApiResponse(
      responseCode = "200",
      description = "The data set",
      headers = @Header(name = "ETag", schema = @Schema(type = "string")),
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = DatasetView.class),
              examples = @ExampleObject(EXAMPLE)))
  @Problems(ProblemType.NOT_FOUND)
  ResponseEntity<DatasetView> get(@PathVariable String id) {
    Dataset dataset = require(id);
    return ResponseEntity.ok().eTag(dataset.sha256()).body(DatasetView.of(dataset));
  }

  @GetMapping("/{id}/rows")
  @Operation(
      summary = "Get rows of a data set",
      description = "Objects from column to number, text or null, in the order of the source.")
  @ApiResponse(
      responseCode = "200",
      description = "A page of rows",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              examples =
                  @ExampleObject(
                      """
                      {"data": [{"x1": 0.0, "x2": 0.0, "y": 0.0}], "next": "0"}""")))
  @Problems({ProblemType.NOT_FOUND, ProblemType.INVALID_REQUEST})
  ResponseEntity<Page<Map<String, @Nullable Object>>> rows(
      @PathVariable String id,
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
  void delete(@PathVariable String id) {
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
