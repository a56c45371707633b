package dev.backprop.job;

import dev.backprop.http.Idempotent;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Pausing jobs, changing their course and forking them over HTTP.
@Tag(name = "Jobs")
@RestController
@RequestMapping(path = "/api/v1/jobs/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class SteeringController {

  static final String MERGE_PATCH = "application/merge-patch+json";

  private final JobOperator operator;
  private final JobPatcher patcher;
  private final JobForker forker;
  private final PatchReader patches;

  SteeringController(
      JobOperator operator, JobPatcher patcher, JobForker forker, PatchReader patches) {
    this.operator = operator;
    this.patcher = patcher;
    this.forker = forker;
    this.patches = patches;
  }

  @Operation(
      summary = "Pause a job",
      description =
          """
          Answers at once; the training leaves off before its next mini-batch, frees its thread and \
          keeps its memory, and a job that waits frees its place in the queue. A pause changes no \
          bit of the model, and `stopWhen.seconds` does not count it. Pausing again, or a job that \
          is cancelled or has ended, changes nothing. 409 if as many jobs are paused as \
          `backprop.jobs.max-paused` and `backprop.jobs.max-paused-memory` allow.
          """)
  @ApiResponse(
      responseCode = "202",
      description = "The job, pausing or paused",
      content =
          @Content(
              schema = @Schema(implementation = JobView.class),
              examples = @ExampleObject(JobExamples.PAUSED)))
  @Problems({ProblemType.NOT_FOUND, ProblemType.CONFLICT})
  @PostMapping("/pause")
  ResponseEntity<JobView> pause(@Parameter(description = "The job's id") @PathVariable String id) {
    return ResponseEntity.accepted().body(view(operator.pause(id)));
  }

  @Operation(
      summary = "Let a paused job go on",
      description =
          """
          Answers at once; the job waits at the end of the queue for a worker, which takes it on \
          with the mini-batch that was next. One that is about to pause goes on at once. Resuming \
          again, or a job that is not paused, changes nothing. 429 if the queue is full; then it \
          stays paused.
          """)
  @ApiResponse(
      responseCode = "202",
      description = "The job, queued or running",
      content =
          @Content(
              schema = @Schema(implementation = JobView.class),
              examples = @ExampleObject(JobExamples.QUEUED)))
  @Problems({ProblemType.NOT_FOUND, ProblemType.QUEUE_FULL, ProblemType.UNAVAILABLE})
  @PostMapping("/resume")
  ResponseEntity<JobView> resume(@Parameter(description = "The job's id") @PathVariable String id) {
    return ResponseEntity.accepted().body(view(operator.resume(id)));
  }

  @Operation(
      summary = "Change a job on the way",
      description =
          """
          A JSON merge patch (RFC 7396) of the job's `spec` that changes what it trains by from its \
          next epoch on: `training.optimizer.learningRate`, `training.epochs`, \
          `training.earlyStopping` and `training.stopWhen`, of which `null` removes the last two. \
          The job may wait, train or be paused. Each change is shown under `changes` with the epoch \
          from which it holds, and kept in the `lineage` of the model.

          A schedule goes on from the new learning rate as if that had been there from the start; \
          `reduceOnPlateau` keeps the share that it has reduced it to. The shape of a schedule, such \
          as the `epochs` of `oneCycle`, does not follow `training.epochs`: later epochs stay at its \
          end. `epochs` must not be below the epoch that has begun. An `earlyStopping` of the same \
          metric goes on waiting where it was; one of another `metric` begins anew, with its own \
          defaults, and takes a metric that the job measures.

          With `If-Match` the change is made only in the state with that `ETag`, else 412. That of a \
          job that trains changes with every epoch: pause it first, or leave the header out.
          """,
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content = {
                @Content(
                    mediaType = MERGE_PATCH,
                    schema = @Schema(type = "object"),
                    examples = @ExampleObject(JobExamples.PATCH)),
                @Content(
                    mediaType = MediaType.APPLICATION_JSON_VALUE,
                    schema = @Schema(type = "object"),
                    examples = @ExampleObject(JobExamples.PATCH))
              }))
  @ApiResponse(
      responseCode = "200",
      description = "The job with what holds from its next epoch on",
      content =
          @Content(
              schema = @Schema(implementation = JobView.class),
              examples = @ExampleObject(JobExamples.PAUSED)))
  @Problems({
    ProblemType.INVALID_REQUEST,
    ProblemType.INVALID_SPECIFICATION,
    ProblemType.LIMIT_EXCEEDED,
    ProblemType.NOT_FOUND,
    ProblemType.CONFLICT,
    ProblemType.PRECONDITION_FAILED,
    ProblemType.PAYLOAD_TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE
  })
  @PatchMapping(consumes = {MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE})
  ResponseEntity<JobView> change(
      @Parameter(description = "The job's id") @PathVariable String id,
      @Parameter(description = "The `ETag` of the state to change; by default any")
          @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
          @Nullable List<String> ifMatch,
      @Parameter(hidden = true) InputStream body)
      throws IOException {
    Job job = patcher.patch(id, ifMatch, patches.read(body));
    Job.Snapshot snapshot = job.snapshot(operator.place(job));
    return ResponseEntity.ok().eTag(snapshot.entityTag()).body(snapshot.view());
  }

  @Operation(
      summary = "Fork a job",
      description =
          """
          Starts a new job from this one's best parameters so far, with a JSON merge patch \
          (RFC 7396) of its `spec`; `{}` takes the spec as it is. The job may train, be paused or \
          have ended, and goes on as it was. Columns, classes, network and the scale of the inputs \
          stay, as for a `warmStart`; data, `dropout`, a `loss` that fits and all of `training` may \
          be others. An object whose `type` is changed is replaced as a whole, and so is `dataset`. \
          Folds are not taken over, because the parameters have seen the rows of each. The model's \
          `lineage` names the job and the epoch as its `parent`.
          """,
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content = {
                @Content(
                    mediaType = MERGE_PATCH,
                    schema = @Schema(type = "object"),
                    examples = @ExampleObject(JobExamples.FORK)),
                @Content(
                    mediaType = MediaType.APPLICATION_JSON_VALUE,
                    schema = @Schema(type = "object"),
                    examples = @ExampleObject(JobExamples.FORK))
              }))
  @ApiResponse(
      responseCode = "202",
      description = "The new job, queued or running; `Location` is its address",
      content =
          @Content(
              schema = @Schema(implementation = JobView.class),
              examples = @ExampleObject(JobExamples.QUEUED)))
  @Problems({
    ProblemType.INVALID_REQUEST,
    ProblemType.INVALID_SPECIFICATION,
    ProblemType.INVALID_DATA,
    ProblemType.LIMIT_EXCEEDED,
    ProblemType.NOT_FOUND,
    ProblemType.CONFLICT,
    ProblemType.PAYLOAD_TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
    ProblemType.QUEUE_FULL,
    ProblemType.UNAVAILABLE,
    ProblemType.INSUFFICIENT_STORAGE
  })
  @Idempotent
  @PostMapping(
      path = "/fork",
      consumes = {MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE})
  ResponseEntity<JobView> fork(
      @Parameter(description = "The job's id") @PathVariable String id,
      @Parameter(hidden = true) InputStream body,
      @Nullable Principal principal)
      throws IOException {
    JobView view = view(forker.fork(id, patches.read(body), Callers.name(principal)));
    return ResponseEntity.accepted()
        .location(URI.create(view.links().self()))
        .header(HttpHeaders.RETRY_AFTER, Waited.POLL_SECONDS)
        .body(view);
  }

  private JobView view(Job job) {
    return job.view(operator.place(job));
  }
}
