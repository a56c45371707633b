package dev.backprop.job;

import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.Bound;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Plans of jobs over HTTP.
@Tag(name = "Jobs")
@RestController
class PlanController {

  private final PlanService plans;

  PlanController(PlanService plans) {
    this.plans = plans;
  }

  @Operation(
      summary = "Plan a job",
      description =
          """
          Takes the body of a job, and trains and keeps nothing: neither a job nor data that are \
          sent along. What is wrong with the body is answered as for a job. Else the answer says, \
          within about two seconds, what would be trained, how much memory and time it needs, and \
          how good a constant and a linear model are.

          Plans are measured one after the other; if too many wait, one more is refused with 429. \
          A full queue of jobs is no reason to refuse a plan.
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
                            name = "iris",
                            summary = "A stored data set, everything else by default",
                            value = JobExamples.STORED),
                        @ExampleObject(
                            name = "xor",
                            summary = "The tutorial's XOR",
                            value = JobExamples.XOR)
                      })))
  @ApiResponse(
      responseCode = "200",
      description = "The plan",
      content =
          @Content(
              schema = @Schema(implementation = PlanView.class),
              examples = @ExampleObject(JobExamples.PLAN)))
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
  @PostMapping(
      path = "/api/v1/jobs:plan",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  PlanView plan(@RequestBody Bound<JobSpec> request, @Nullable Principal principal)
      throws InterruptedException {
    return plans.plan(request, Callers.name(principal));
  }
}
