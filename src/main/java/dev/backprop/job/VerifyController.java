package dev.backprop.job;

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
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Verifications of models over HTTP.
@Tag(name = "Models")
@RestController
@RequestMapping(path = "/api/v1/models/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
class VerifyController {

  private static final String RUNNING =
      """
      {"id": "job_01k0example", "model": "iris", "version": 3, "status": "running",
        "verified": null,
        "expectedSha256": "7e0ffc59f7302f3d2a03e70152f4ff69b1d4bc266d24096c00d090a0d3b48f29",
        "actualSha256": null, "reason": null,
        "links": {"self": "/api/v1/models/iris/versions/3/verifications/job_01k0example",
          "model": "/api/v1/models/iris/versions/3", "job": "/api/v1/jobs/job_01k0example"}}
      """;
  private static final String VERIFIED =
      """
      {"id": "job_01k0example", "model": "iris", "version": 3, "status": "succeeded",
        "verified": true,
        "expectedSha256": "7e0ffc59f7302f3d2a03e70152f4ff69b1d4bc266d24096c00d090a0d3b48f29",
        "actualSha256": "7e0ffc59f7302f3d2a03e70152f4ff69b1d4bc266d24096c00d090a0d3b48f29",
        "reason": "The same training gave the same parameters, bit for bit.",
        "links": {"self": "/api/v1/models/iris/versions/3/verifications/job_01k0example",
          "model": "/api/v1/models/iris/versions/3", "job": "/api/v1/jobs/job_01k0example"}}
      """;

  private final ModelRepository models;
  private final Verifier verifier;
  private final JobProperties properties;

  VerifyController(ModelRepository models, Verifier verifier, JobProperties properties) {
    this.models = models;
    this.verifier = verifier;
    this.properties = properties;
  }

  @VerifyOperation
  @PostMapping("/verify")
  ResponseEntity<VerificationView> verify(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(
              description = "`wait=N`: wait up to N seconds for the end (RFC 7240)",
              schema = @Schema(type = "string", defaultValue = "wait=10"))
          @RequestHeader(name = "Prefer", required = false)
          @Nullable List<String> prefer,
      @Nullable Principal principal)
      throws InterruptedException {
    return verify(models.require(name), prefer, principal);
  }

  @VerifyOperation
  @PostMapping("/versions/{version}/verify")
  ResponseEntity<VerificationView> verifyVersion(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = "The version's number, an alias, or `newest`", example = "1")
          @PathVariable
          String version,
      @Parameter(
              description = "`wait=N`: wait up to N seconds for the end (RFC 7240)",
              schema = @Schema(type = "string", defaultValue = "wait=10"))
          @RequestHeader(name = "Prefer", required = false)
          @Nullable List<String> prefer,
      @Nullable Principal principal)
      throws InterruptedException {
    return verify(models.require(name, version), prefer, principal);
  }

  private ResponseEntity<VerificationView> verify(
      Model model, @Nullable List<String> prefer, @Nullable Principal principal)
      throws InterruptedException {
    Job job = verifier.start(model, Callers.name(principal));
    Waited waited = Waited.until(job::awaitEnd, prefer, properties.maxWait());
    VerificationView view = verifier.view(model.name(), model.version(), job.id());
    return waited.reply(Objects.requireNonNull(view.links().get("self")), view);
  }

  @Operation(summary = "Follow a verification", description = "It is forgotten when its job is.")
  @ApiResponse(
      responseCode = "200",
      description = "The verification",
      content =
          @Content(
              schema = @Schema(implementation = VerificationView.class),
              examples = @ExampleObject(VERIFIED)))
  @Problems(ProblemType.NOT_FOUND)
  @GetMapping("/versions/{version}/verifications/{id}")
  ResponseEntity<VerificationView> get(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = "The version's number", example = "1") @PathVariable int version,
      @Parameter(description = "The verification's id") @PathVariable String id) {
    VerificationView view = verifier.view(name, version, id);
    ResponseEntity.BodyBuilder reply = ResponseEntity.ok();
    if (!view.status().isFinal()) {
      reply.header(HttpHeaders.RETRY_AFTER, Waited.POLL_SECONDS);
    }
    return reply.body(view);
  }

  /// What the document says of both operations.
  @Operation(
      summary = "Verify a model",
      description =
          """
          Trains it again from its lineage and compares the hash of the parameters: the same data, \
          spec, seed and number of epochs give the same bits on one kind of machine. The training \
          is a job like any other, which waits for its turn and can be cancelled; it makes no \
          version. It needs data sets with the same content, under whatever ids, and with a warm \
          start the version that it began with: without them this is 409, with the hash of what is \
          needed. Answers 202 with the verification; poll the address in `Location`, or wait with \
          the header `Prefer: wait=10`.
          """)
  @ApiResponse(
      responseCode = "200",
      description = "The result, if it was there within the time of `Prefer: wait`",
      content =
          @Content(
              schema = @Schema(implementation = VerificationView.class),
              examples = @ExampleObject(VERIFIED)))
  @ApiResponse(
      responseCode = "202",
      description = "The training waits or runs; `Location` is the address of the result",
      content =
          @Content(
              schema = @Schema(implementation = VerificationView.class),
              examples = @ExampleObject(RUNNING)))
  @Problems({
    ProblemType.INVALID_REQUEST,
    ProblemType.NOT_FOUND,
    ProblemType.CONFLICT,
    ProblemType.QUEUE_FULL,
    ProblemType.UNAVAILABLE,
    ProblemType.INSUFFICIENT_STORAGE
  })
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  private @interface VerifyOperation {}
}
