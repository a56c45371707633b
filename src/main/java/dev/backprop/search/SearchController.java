package dev.backprop.search;

import dev.backprop.http.Idempotent;
import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.job.Callers;
import dev.backprop.job.JobProperties;
import dev.backprop.job.Waited;
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

/// Searches over HTTP.
@Tag(name = "Searches", description = "Try many settings of a job and keep the best as a model")
@RestController
@RequestMapping(path = SearchController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class SearchController {

  static final String PATH = "/api/v1/searches";

  private static final Predicate<String> CURSOR =
      Pattern.compile("search_[0-9a-z]{26}").asMatchPredicate();

  private final SearchOperator operator;
  private final JobProperties jobs;

  SearchController(SearchOperator operator, JobProperties jobs) {
    this.operator = operator;
    this.jobs = jobs;
  }

  @Operation(
      summary = "Search for good settings",
      description =
          """
          Varies fields of a job within a space, trains each point as an ordinary job in the queue \
          of all, and makes the best the next version of the model of this `name`; the models of \
          the others are not kept. Before anything runs, the job and the corners of the space are \
          checked: each value of a choice and both ends of a range. A trial that fails later is \
          recorded and ends nothing.

          Answers 202 at once; poll the address in `Location`. With the header `Prefer: wait=10` \
          the answer waits up to that many seconds for the end and is 200. The same request finds \
          the same points in the same order: point k is drawn from the seed, k and the dimension, \
          whatever ran before.
          """,
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(implementation = SearchSpec.class),
                      examples = {
                        @ExampleObject(
                            name = "random",
                            summary = "20 points, ten minutes at most",
                            value = SearchExamples.RANDOM),
                        @ExampleObject(
                            name = "grid",
                            summary = "Every combination of 2 × 3 values",
                            value = SearchExamples.GRID),
                        @ExampleObject(
                            name = "successive halving",
                            summary = "27 points for a few epochs, the best for all",
                            value = SearchExamples.HALVING)
                      })))
  @ApiResponse(
      responseCode = "200",
      description = "The ended search, if it ended within the time of `Prefer: wait`",
      content =
          @Content(
              schema = @Schema(implementation = SearchView.class),
              examples = @ExampleObject(SearchExamples.ENDED)))
  @ApiResponse(
      responseCode = "202",
      description = "The search; `Location` is its address",
      content =
          @Content(
              schema = @Schema(implementation = SearchView.class),
              examples = @ExampleObject(SearchExamples.BEGUN)))
  @Problems({
    ProblemType.INVALID_REQUEST,
    ProblemType.INVALID_SPECIFICATION,
    ProblemType.INVALID_DATA,
    ProblemType.LIMIT_EXCEEDED,
    ProblemType.PAYLOAD_TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
    ProblemType.QUEUE_FULL,
    ProblemType.INSUFFICIENT_STORAGE
  })
  @Idempotent
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<SearchView> submit(
      @RequestBody Bound<SearchSpec> request,
      @Parameter(
              description = "`wait=N`: wait up to N seconds for the end (RFC 7240)",
              schema = @Schema(type = "string", defaultValue = "wait=10"))
          @RequestHeader(name = "Prefer", required = false)
          @Nullable List<String> prefer,
      @Nullable Principal principal)
      throws InterruptedException {
    Search search = operator.submit(request, Callers.name(principal));
    Waited waited = Waited.until(search::awaitEnd, prefer, jobs.maxWait());
    SearchView view = search.snapshot().view();
    return waited.reply(view.links().self(), view);
  }

  @Operation(summary = "List searches", description = "Newest first, without their trials.")
  @ApiResponse(
      responseCode = "200",
      description = "A page of searches",
      useReturnTypeSchema = true,
      content = @Content(examples = @ExampleObject(SearchExamples.PAGE)))
  @Problems(ProblemType.INVALID_REQUEST)
  @GetMapping
  ResponseEntity<Page<SearchView>> list(
      @Parameter(description = "How many, from 1 to 100", example = "20")
          @RequestParam(required = false)
          @Nullable String limit,
      @Parameter(description = "The cursor `next` of the page before")
          @RequestParam(required = false)
          @Nullable String after) {
    return operator
        .list(PageRequest.of(limit, after).requireCursor(CURSOR))
        .map(Search::summary)
        .toResponse();
  }

  @Operation(
      summary = "Follow a search",
      description =
          "The search, how far it is, and its trials, the best first. `If-None-Match` with the last"
              + " `ETag` gives 304 while nothing has changed.")
  @ApiResponse(
      responseCode = "200",
      description = "The search",
      content =
          @Content(
              schema = @Schema(implementation = SearchView.class),
              examples = @ExampleObject(SearchExamples.ENDED)))
  @Problems(ProblemType.NOT_FOUND)
  @GetMapping("/{id}")
  @Nullable ResponseEntity<SearchView> get(
      @Parameter(description = "The search's id") @PathVariable String id, WebRequest request) {
    Search.Snapshot snapshot = operator.find(id).snapshot();
    if (request.checkNotModified(snapshot.entityTag())) {
      return null;
    }
    SearchView view = snapshot.view();
    ResponseEntity.BodyBuilder reply = ResponseEntity.ok();
    if (!view.status().isFinal()) {
      reply.header(HttpHeaders.RETRY_AFTER, Waited.POLL_SECONDS);
    }
    return reply.body(view);
  }

  @Operation(
      summary = "Cancel a search",
      description =
          "Answers at once; its trials stop before their next mini-batch, and the best trial so far"
              + " becomes the model. Cancelling again, or a search that has ended, changes nothing.")
  @ApiResponse(
      responseCode = "202",
      description = "The search, cancelling or ended",
      content =
          @Content(
              schema = @Schema(implementation = SearchView.class),
              examples = @ExampleObject(SearchExamples.BEGUN)))
  @Problems(ProblemType.NOT_FOUND)
  @PostMapping("/{id}/cancel")
  ResponseEntity<SearchView> cancel(
      @Parameter(description = "The search's id") @PathVariable String id) {
    return ResponseEntity.accepted().body(operator.cancel(id).snapshot().view());
  }

  @Operation(
      summary = "Delete a search that has ended",
      description = "Forgets the search. The model that it made and the jobs of its trials stay.")
  @ApiResponse(responseCode = "204", description = "It is forgotten")
  @Problems({ProblemType.NOT_FOUND, ProblemType.CONFLICT})
  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(@Parameter(description = "The search's id") @PathVariable String id) {
    operator.delete(id);
    return ResponseEntity.noContent().build();
  }
}
