package dev.backprop.model;

import dev.backprop.http.Page;
import dev.backprop.problem.Bound;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/// Aliases of models over HTTP.
@Tag(name = "Models")
@RestController
@RequestMapping(path = "/api/v1/models/{name}/aliases", produces = MediaType.APPLICATION_JSON_VALUE)
class AliasController {

  private final ModelRepository models;
  private final Promotion promotion;

  AliasController(ModelRepository models, Promotion promotion) {
    this.models = models;
    this.promotion = promotion;
  }

  @Operation(
      summary = "List the aliases of a model",
      description =
          "All of them, at most 100, in the order of their names, each with the versions that it"
              + " pointed at.")
  @ApiResponse(
      responseCode = "200",
      description = "The aliases",
      useReturnTypeSchema = true,
      content = @Content(examples = @ExampleObject(ModelExamples.ALIASES)))
  @Problems(ProblemType.NOT_FOUND)
  @GetMapping
  Page<AliasView> list(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name) {
    List<Alias> aliases = models.aliases(name);
    if (aliases.isEmpty() && models.newest(name).isEmpty()) {
      throw ProblemException.notFound("model", JsonErrors.shorten(name));
    }
    return new Page<>(aliases.stream().map(alias -> AliasView.of(name, alias)).toList(), null);
  }

  @Operation(
      summary = "Describe an alias",
      description = "What it points at, what it pointed at, and its gate.")
  @ApiResponse(
      responseCode = "200",
      description = "The alias",
      useReturnTypeSchema = true,
      content = @Content(examples = @ExampleObject(ModelExamples.ALIAS)))
  @Problems(ProblemType.NOT_FOUND)
  @GetMapping("/{alias}")
  @Nullable AliasView get(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = "The alias's name", example = "champion") @PathVariable String alias,
      WebRequest request) {
    Alias found = promotion.require(name, alias);
    return request.checkNotModified(found.entityTag()) ? null : AliasView.of(name, found);
  }

  @Operation(
      summary = "Point an alias at a version",
      description =
          """
          Makes the alias, or switches it in one moment: a request sees the version before or the \
          one behind it. Wherever an address takes the number of a version it takes the name of an \
          alias, and `newest`. `champion` is what the name of the model alone means; where it is \
          not set, that is the newest version.
          A `gate` demands a metric on a data set. It stays with the alias: this version and every \
          later one has to reach it, or the switch is refused with what was measured. `If-Match` \
          with the `ETag` of the alias makes sure that nobody has switched it meanwhile, \
          `If-None-Match: *` that it is new.
          """,
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(implementation = AliasRequest.class),
                      examples = {
                        @ExampleObject(name = "switch", value = "{\"version\": 3}"),
                        @ExampleObject(
                            name = "gate",
                            summary = "With a gate for this version and all later ones",
                            value = ModelExamples.GATE)
                      })))
  @ApiResponse(
      responseCode = "200",
      description = "The alias, which was there before",
      content =
          @Content(
              schema = @Schema(implementation = AliasView.class),
              examples = @ExampleObject(ModelExamples.ALIAS)))
  @ApiResponse(
      responseCode = "201",
      description = "The new alias; `Location` is its address",
      content =
          @Content(
              schema = @Schema(implementation = AliasView.class),
              examples = @ExampleObject(ModelExamples.ALIAS)))
  @Problems({
    ProblemType.INVALID_REQUEST,
    ProblemType.NOT_FOUND,
    ProblemType.CONFLICT,
    ProblemType.GATE_NOT_PASSED,
    ProblemType.PRECONDITION_FAILED,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
    ProblemType.INVALID_SPECIFICATION,
    ProblemType.LIMIT_EXCEEDED
  })
  @PutMapping(path = "/{alias}", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<AliasView> put(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = "The alias's name", example = "champion") @PathVariable String alias,
      @RequestBody Bound<AliasRequest> request,
      @Parameter(description = "The `ETag` that the alias must still have")
          @RequestHeader(name = "If-Match", required = false)
          @Nullable List<String> ifMatch,
      @Parameter(description = "`*`, if the alias must not be there yet")
          @RequestHeader(name = "If-None-Match", required = false)
          @Nullable List<String> ifNoneMatch) {
    InputErrors errors = new InputErrors();
    errors.addAll(request.errors());
    request.value().check(alias, errors);
    errors.throwIfAny(ProblemType.INVALID_REQUEST);
    Promotion.Promoted promoted =
        promotion.promote(
            name, alias, request.value(), new Promotion.Conditions(ifMatch, ifNoneMatch));
    ResponseEntity.BodyBuilder reply =
        promoted.made()
            ? ResponseEntity.created(URI.create(AliasView.path(name, alias)))
            : ResponseEntity.ok();
    return reply.eTag(promoted.alias().entityTag()).body(AliasView.of(name, promoted.alias()));
  }

  @Operation(
      summary = "Delete an alias",
      description = "The version that it points at stays; its history goes with it.")
  @ApiResponse(responseCode = "204", description = "It is gone")
  @Problems({ProblemType.NOT_FOUND, ProblemType.PRECONDITION_FAILED})
  @DeleteMapping("/{alias}")
  ResponseEntity<Void> delete(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = "The alias's name", example = "champion") @PathVariable String alias,
      @Parameter(description = "The `ETag` that the alias must still have")
          @RequestHeader(name = "If-Match", required = false)
          @Nullable List<String> ifMatch) {
    promotion.delete(name, alias, new Promotion.Conditions(ifMatch, null));
    return ResponseEntity.noContent().build();
  }

  @Operation(
      summary = "Take the gate from an alias",
      description = "From now on it points at any version that it is told.")
  @ApiResponse(responseCode = "204", description = "It has no gate any more")
  @Problems({ProblemType.NOT_FOUND, ProblemType.PRECONDITION_FAILED})
  @DeleteMapping("/{alias}/gate")
  ResponseEntity<Void> deleteGate(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = "The alias's name", example = "champion") @PathVariable String alias,
      @Parameter(description = "The `ETag` that the alias must still have")
          @RequestHeader(name = "If-Match", required = false)
          @Nullable List<String> ifMatch) {
    promotion.open(name, alias, new Promotion.Conditions(ifMatch, null));
    return ResponseEntity.noContent().build();
  }
}
