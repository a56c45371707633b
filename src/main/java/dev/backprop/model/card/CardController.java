package dev.backprop.model.card;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.intake.DatasetSource;
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
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Model cards over HTTP.
@Tag(name = "Models")
@RestController
@RequestMapping("/api/v1/models/{name}")
class CardController {

  private static final String MARKDOWN = MediaType.TEXT_MARKDOWN_VALUE;
  private static final String HTML = MediaType.TEXT_HTML_VALUE;
  private static final String EXAMPLE =
      """
      # iris, version 3

      Trained until 2026\\-01\\-01T10\\:00\\:00Z by version 0\\.1\\.0 of Backprop Server\\.

      ## Intended task

      Classification\\. It tells the 3 classes of species apart\\: setosa, versicolor, virginica, \
      from 4 columns of raw values\\.
      """;

  private final ModelRepository models;
  private final DatasetRepository datasets;
  private final JsonMapper json;

  CardController(ModelRepository models, DatasetRepository datasets, JsonMapper json) {
    this.models = models;
    this.datasets = datasets;
    this.json = json;
  }

  @CardOperation
  @GetMapping(
      path = "/card",
      produces = {MARKDOWN, HTML})
  ResponseEntity<String> card(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @RequestHeader HttpHeaders headers) {
    return card(models.require(name), headers);
  }

  @CardOperation
  @GetMapping(
      path = "/versions/{version}/card",
      produces = {MARKDOWN, HTML})
  ResponseEntity<String> cardOfVersion(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = "The version's number, an alias, or `newest`", example = "1")
          @PathVariable
          String version,
      @RequestHeader HttpHeaders headers) {
    return card(models.require(name, version), headers);
  }

  private ResponseEntity<String> card(Model model, HttpHeaders headers) {
    Card card = new Card(model, data(model), json);
    return prefersHtml(headers)
        ? reply(HTML, HtmlWriter.write(card.title(), card.blocks()))
        : reply(MARKDOWN, MarkdownWriter.write(card.blocks()));
  }

  /// Whether a page is wanted more than Markdown, which whoever takes anything gets.
  private static boolean prefersHtml(HttpHeaders headers) {
    List<MediaType> accepted = new ArrayList<>(headers.getAccept());
    MimeTypeUtils.sortBySpecificity(accepted);
    for (MediaType type : accepted) {
      if (type.includes(MediaType.TEXT_MARKDOWN)) {
        return false;
      }
      if (type.includes(MediaType.TEXT_HTML)) {
        return true;
      }
    }
    return false;
  }

  private static ResponseEntity<String> reply(String type, String body) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(type + ";charset=UTF-8"))
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .body(body);
  }

  /// The data set that it was trained on, if it is still kept.
  private @Nullable Dataset data(Model model) {
    DatasetSource source = model.spec().dataset();
    String id = source == null ? null : source.id();
    return id == null
        ? null
        : datasets
            .find(id)
            .filter(found -> found.sha256().equals(model.lineage().datasetSha256()))
            .orElse(null);
  }

  /// What the document says of both operations.
  @Operation(
      summary = "Read a model's card",
      description =
          "What people should know before they use it: the task, the data, the training, the metrics,"
              + " the loss curve, the limits that the numbers tell, and the lineage with how to"
              + " verify it; as Markdown, or with `Accept: text/html` as a page of its own.")
  @ApiResponse(
      responseCode = "200",
      description = "The card",
      content = {
        @Content(
            mediaType = MediaType.TEXT_MARKDOWN_VALUE,
            schema = @Schema(type = "string"),
            examples = @ExampleObject(EXAMPLE)),
        @Content(mediaType = MediaType.TEXT_HTML_VALUE, schema = @Schema(type = "string"))
      })
  @Problems({ProblemType.NOT_FOUND, ProblemType.NOT_ACCEPTABLE})
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  private @interface CardOperation {}
}
