package dev.backprop.job;

import dev.backprop.http.Idempotent;
import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.Bound;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
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
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/// Training jobs over HTTP.
@Tag(name = "Jobs", description = "Train a network: post a job, watch its loss, steer it, stop it")
@RestController
@RequestMapping(path = "/api/v1/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
class JobController {

  private static final Predicate<String> CURSOR =
      Pattern.compile("job_[0-9a-z]{26}").asMatchPredicate();

  private final JobOperator operator;
  private final JobProperties properties;

  JobController(JobOperator operator, JobProperties properties) {
    this.operator = operator;
    this.properties = properties;
  }

  @Operation(
      summary = "Train a network",
      description =
          """
          Queues a job and answers 202 with it; poll the address in `Location`. With the header \
          `Prefer: wait=10` the answer waits up to that many seconds for the end and is 200 with \
          the finished job. Only `dataset` is required: every default is filled in and shown under \
          `spec`. The training makes the next version of the model of this `name`.
          """,
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(implementation = JobSpec.class),
                      examples = {
                        @ExampleObject(
                            name = "xor",
                            summary = "The tutorial's XOR: 2-2-1 sigmoid, 10,000 epochs",
                            value = JobExamples.XOR),
                        @ExampleObject(
                            name = "iris",
                            summary = "A stored data set, everything else by default",
                            value = JobExamples.STORED),
                        @ExampleObject(
                            name = "cross-validation",
                            summary = "Score it on rows that it has not seen, of five folds",
                            value = JobExamples.FOLDS),
                        @ExampleObject(
                            name = "warm start",
                            summary = "Train a model further, such as on new rows",
                            value = JobExamples.WARM_START)
                      })))
  @ApiResponse(
      responseCode = "200",
      description = "The finished job, if it ended within the time of `Prefer: wait`",
      content =
          @Content(
              schema = @Schema(implementation = JobView.class),
              examples = @ExampleObject(JobExamples.FINISHED)))
  @ApiResponse(
      responseCode = "202",
      description = "The job, queued or running; `Location` is its address",
      content =
          @Content(
              schema = @Schema(implementation = JobView.class),
              examples = @ExampleObject(JobExamples.QUEUED)))
  @Problems({
    ProblemType.INVALID_REQUEST,
    ProblemType.INVALID_SPECIFICATION,
    ProblemType.INVALID_DATA,
    ProblemType.LIMIT_EXCEEDED,
    ProblemType.PAYLOAD_TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
    ProblemType.QUEUE_FULL,
    ProblemType.UNAVAILABLE,
    ProblemType.INSUFFICIENT_STORAGE
  })
  @Idempotent
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<JobView> submit(
      @RequestBody Bound<JobSpec> request,
      @Parameter(
              description = "`wait=N`: wait up to N seconds for the end (RFC 7240)",
              schema = @Schema(type = "string", defaultValue = "wait=10"))
          @RequestHeader(name = "Prefer", required = false)
          @Nullable List<String> prefer,
      @Nullable Principal principal)
      throws InterruptedException {
    Job job = operator.submit(request, Callers.name(principal));
    Waited waited = Waited.until(job::awaitEnd, prefer, properties.maxWait());
    JobView view = view(job);
    return waited.reply(view.links().self(), view);
  }

  @Operation(summary = "List jobs", description = "Newest first.")
  @ApiResponse(
      responseCode = "200",
      description = "A page of jobs",
      useReturnTypeSchema = true,
      content = @Content(examples = @ExampleObject(JobExamples.PAGE)))
  @Problems(ProblemType.INVALID_REQUEST)
  @GetMapping
  ResponseEntity<Page<JobView>> list(
      @Parameter(description = "How many, from 1 to 100", example = "20")
          @RequestParam(required = false)
          @Nullable String limit,
      @Parameter(description = "The cursor `next` of the page before")
          @RequestParam(required = false)
          @Nullable String after) {
    return operator
        .list(PageRequest.of(limit, after).requireCursor(CURSOR))
        .map(this::view)
        .toResponse();
  }

  @Operation(
      summary = "Follow a job",
      description =
          "The job and how far it is. `If-None-Match` with the last `ETag` makes polling cheap: 304"
              + " while nothing has changed.")
  @ApiResponse(
      responseCode = "200",
      description = "The job",
      content =
          @Content(
              schema = @Schema(implementation = JobView.class),
              examples = @ExampleObject(JobExamples.FINISHED)))
  @Problems(ProblemType.NOT_FOUND)
  @GetMapping("/{id}")
  @Nullable ResponseEntity<JobView> get(
      @Parameter(description = "The job's id") @PathVariable String id, WebRequest request) {
    Job job = operator.find(id);
    Job.Snapshot snapshot = job.snapshot(operator.place(job));
    if (request.checkNotModified(snapshot.entityTag())) {
      return null;
    }
    JobView view = snapshot.view();
    ResponseEntity.BodyBuilder reply = ResponseEntity.ok();
    if (!view.status().isFinal()) {
      reply.header(HttpHeaders.RETRY_AFTER, Waited.POLL_SECONDS);
    }
    return reply.body(view);
  }

  @Operation(
      summary = "Cancel a job",
      description =
          "Answers at once; the training stops before its next mini-batch and keeps its best"
              + " parameters as a model, if it has completed an epoch. A paused job ends as soon as"
              + " these are measured. Cancelling again, or a job that has ended, changes nothing.")
  @ApiResponse(
      responseCode = "202",
      description = "The job, cancelling or ended",
      content =
          @Content(
              schema = @Schema(implementation = JobView.class),
              examples = @ExampleObject(JobExamples.QUEUED)))
  @Problems(ProblemType.NOT_FOUND)
  @PostMapping("/{id}/cancel")
  ResponseEntity<JobView> cancel(@Parameter(description = "The job's id") @PathVariable String id) {
    return ResponseEntity.accepted().body(view(operator.cancel(id)));
  }

  @Operation(
      summary = "Delete a job that has ended",
      description = "Forgets the job and its loss curve. The model that it made stays.")
  @ApiResponse(responseCode = "204", description = "It is forgotten")
  @Problems({ProblemType.NOT_FOUND, ProblemType.CONFLICT})
  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(@Parameter(description = "The job's id") @PathVariable String id) {
    operator.delete(id);
    return ResponseEntity.noContent().build();
  }

  private JobView view(Job job) {
    return job.view(operator.place(job));
  }
}
