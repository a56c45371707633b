package dev.backprop.job.event;

import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// The events of a job over HTTP: in pages, or live.
@Tag(name = "Jobs")
@RestController
@RequestMapping("/api/v1/jobs/{id}/events")
class EventController {

  private static final Logger log = LoggerFactory.getLogger(EventController.class);
  private static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final Predicate<String> SEQ = Pattern.compile("\\d{1,18}").asMatchPredicate();

  private final EventLogs logs;
  private final EventStreams streams;
  private final JsonMapper json;

  EventController(EventLogs logs, EventStreams streams, JsonMapper json) {
    this.logs = logs;
    this.streams = streams;
    this.json = json;
  }

  @Operation(
      summary = "What happened to a job",
      description =
          """
          The job's events by their numbers `seq`, **oldest first**, unlike other lists. `next` is \
          null at the present end; to ask for what comes later, send the last `seq` as `after`. \
          Of a long training the epochs are thinned out as in the loss curve, so that numbers may \
          be missing; all other events stay. A `checkpoint` is an event if the training has gone \
          on by a tenth since the last one, and the best epoch of all always is.

          With `Accept: text/event-stream` the same events live, as server-sent events: `id` is \
          the `seq`, `event` the `type`, `data` the JSON. The header `Last-Event-ID`, or else \
          `after`, says where to go on. Of the epochs at most ten a second are sent, fewer where \
          more than 100 streams are open; the newest wins, and no event is sent before the epoch \
          that came before it. All other events are sent always. The stream ends after `done`; a \
          client that has all of a job that has ended gets 204, on which browsers stop asking. A \
          comment comes every 15 seconds (`backprop.events.heartbeat`). A client that reads \
          nothing for 10 seconds (`server.tomcat.connection-timeout`) while something is to be \
          sent is cut off, and may come back.
          """,
      parameters =
          @Parameter(
              name = LAST_EVENT_ID,
              in = ParameterIn.HEADER,
              description = "Of a stream: the `seq` of the last event received; wins over `after`",
              schema = @Schema(type = "string"),
              example = "17"))
  @ApiResponse(
      responseCode = "200",
      description = "The events",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            examples = @ExampleObject(EventExamples.PAGE),
            schema = @Schema(implementation = EventPage.class)),
        @Content(
            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
            examples = @ExampleObject(EventExamples.STREAM),
            schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "204",
      description = "Of a stream: the job has ended, and the client has all of its events",
      content = @Content)
  @Problems({
    ProblemType.INVALID_REQUEST,
    ProblemType.NOT_FOUND,
    ProblemType.NOT_ACCEPTABLE,
    ProblemType.TOO_MANY_STREAMS,
    ProblemType.UNAVAILABLE
  })
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Page<JobEvent>> list(
      @Parameter(description = "The job's id") @PathVariable String id,
      @Parameter(description = "How many, from 1 to 100", example = "20")
          @RequestParam(required = false)
          @Nullable String limit,
      @Parameter(description = "The `seq` of the last event that you have")
          @RequestParam(required = false)
          @Nullable String after) {
    PageRequest page = PageRequest.of(limit, after).requireCursor(SEQ);
    EventLog events = logs.find(id);
    long seq = place(events, "The query parameter 'after'", after);
    return Page.of(
            events.after(seq, page.limit() + 1), page.limit(), event -> Long.toString(event.seq()))
        .toResponse();
  }

  /// What a page looks like, for the OpenAPI document.
  @Schema(name = "EventPage")
  record EventPage(
      List<JobEvent> data,
      @Schema(description = "Send it as `after` for what follows; null at the present end")
          @Nullable String next) {}

  @Operation(hidden = true)
  @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void stream(
      @PathVariable String id,
      @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId,
      @RequestParam(required = false) @Nullable String after,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    EventLog events = logs.find(id);
    long seq =
        lastEventId == null || lastEventId.isEmpty()
            ? place(events, "The query parameter 'after'", after)
            : place(events, "The header " + LAST_EVENT_ID, lastEventId);
    if (events.isOver() && events.lastSeq() == seq) {
      response.setStatus(HttpStatus.NO_CONTENT.value());
      return;
    }
    if (HttpMethod.HEAD.matches(request.getMethod())) {
      describe(response);
      return;
    }
    try {
      streams.stream(events, seq, () -> begin(response));
    } catch (IOException | UncheckedIOException e) {
      log.debug("The stream of job {} broke off", id, e);
    }
  }

  private EventStream.Sink begin(HttpServletResponse response) {
    describe(response);
    try {
      return new EventStreamWriter(json, response.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void describe(HttpServletResponse response) {
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    // nginx would keep the events until it has a page of them
    response.setHeader("X-Accel-Buffering", "no");
  }

  /// Reads the number of the last event that the client has.
  private static long place(EventLog events, String what, @Nullable String text) {
    if (text == null) {
      return 0;
    }
    if (!SEQ.test(text) || Long.parseLong(text) > events.lastSeq()) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "%s is '%s', which is no event of this job: its events have numbers from 1 to %d. Send the last one that you have, or 0 for all."
              .formatted(what, JsonErrors.shorten(text), events.lastSeq()));
    }
    return Long.parseLong(text);
  }
}
