package dev.backprop.model;

import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/// Trained models over HTTP.
@Tag(name = "Models", description = "What training made: versions under a name")
@RestController
@RequestMapping(path = "/api/v1/models", produces = MediaType.APPLICATION_JSON_VALUE)
class ModelController {

  private static final Predicate<String> VERSION =
      Pattern.compile("[1-9][0-9]{0,8}").asMatchPredicate();

  private final ModelRepository models;

  ModelController(ModelRepository models) {
    this.models = models;
  }

  @Operation(
      summary = "List models",
      description = "The newest version of each model, the newest model first.")
  @ApiResponse(
      responseCode = "200",
      description = "A page of models",
      useReturnTypeSchema = true,
      content = @Content(examples = @ExampleObject(ModelExamples.PAGE)))
  @Problems(ProblemType.INVALID_REQUEST)
  @GetMapping
  ResponseEntity<Page<ModelView>> list(
      @Parameter(description = "How many, from 1 to 100", example = "20")
          @RequestParam(required = false)
          @Nullable String limit,
      @Parameter(description = "The cursor `next` of the page before")
          @RequestParam(required = false)
          @Nullable String after) {
    return models.list(PageRequest.of(limit, after)).map(ModelView::of).toResponse();
  }

  @Operation(
      summary = "Describe a model",
      description =
          "The version that the alias `champion` points at, or the newest where that is not set:"
              + " what it was made from, what it takes, how good it is.")
  @ApiResponse(
      responseCode = "200",
      description = "The version",
      useReturnTypeSchema = true,
      content = @Content(examples = @ExampleObject(ModelExamples.MODEL)))
  @Problems(ProblemType.NOT_FOUND)
  @GetMapping("/{name}")
  @Nullable ModelView get(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      WebRequest request) {
    return describe(models.require(name), request);
  }

  @Operation(
      summary = "List the versions of a model",
      description = "All versions under a name, newest first.")
  @ApiResponse(
      responseCode = "200",
      description = "A page of versions",
      useReturnTypeSchema = true,
      content = @Content(examples = @ExampleObject(ModelExamples.PAGE)))
  @Problems({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND})
  @GetMapping("/{name}/versions")
  ResponseEntity<Page<ModelView>> versions(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = "How many, from 1 to 100", example = "20")
          @RequestParam(required = false)
          @Nullable String limit,
      @Parameter(description = "The cursor `next` of the page before")
          @RequestParam(required = false)
          @Nullable String after) {
    Page<Model> page = models.versions(name, PageRequest.of(limit, after).requireCursor(VERSION));
    if (page.data().isEmpty() && models.newest(name).isEmpty()) {
      throw ProblemException.notFound("model", name);
    }
    return page.map(ModelView::of).toResponse();
  }

  @Operation(
      summary = "Describe a version of a model",
      description = "What it was made from, what it takes, how good it is.")
  @ApiResponse(
      responseCode = "200",
      description = "The version",
      useReturnTypeSchema = true,
      content = @Content(examples = @ExampleObject(ModelExamples.MODEL)))
  @Problems({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND})
  @GetMapping("/{name}/versions/{version}")
  @Nullable ModelView version(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = "The version's number, an alias, or `newest`", example = "1")
          @PathVariable
          String version,
      WebRequest request) {
    return describe(models.require(name, version), request);
  }

  @Operation(
      summary = "Delete a version of a model",
      description =
          "Predictions under way end undisturbed. The number is not given again. A version that an"
              + " alias points at is not deleted.")
  @ApiResponse(responseCode = "204", description = "It is gone")
  @Problems({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND, ProblemType.CONFLICT})
  @DeleteMapping("/{name}/versions/{version}")
  ResponseEntity<Void> delete(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = "The version's number, an alias, or `newest`", example = "1")
          @PathVariable
          String version) {
    int number = models.require(name, version).version();
    if (!models.delete(name, number)) {
      throw ProblemException.notFound("model", name + " version " + number);
    }
    return ResponseEntity.noContent().build();
  }

  /// The view, or null where the caller has it already.
  private static @Nullable ModelView describe(Model model, WebRequest request) {
    return request.checkNotModified(model.etag()) ? null : ModelView.of(model);
  }
}
