package dev.backprop.job;

import dev.backprop.problem.InputError;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/// The losses of a job over HTTP: as numbers and as pictures.
@Tag(name = "Jobs")
@RestController
@RequestMapping("/api/v1/jobs/{id}/loss")
class LossController {

  private static final String CSV = "text/csv";
  private static final String SVG = "image/svg+xml";
  private static final String DEFAULT_POINTS = "500";
  private static final int MIN_POINTS = 10;

  private final JobOperator operator;

  LossController(JobOperator operator) {
    this.operator = operator;
  }

  @Operation(
      summary = "The loss curve",
      description =
          """
          The losses and metrics of the epochs in columns, or as a table with `Accept: text/csv`. \
          Of a long training at most `maxPoints` epochs: the first, the last, those with the \
          lowest and the highest losses, and others evenly between them.

          With `Accept: image/svg+xml` or `image/png` a picture of 600 × 400 pixels: the losses of \
          training and validation over the epochs, with the best epoch marked. The losses have a \
          logarithmic scale if all of them are above 0 and the highest is at least 10 times the \
          lowest. A picture has room for 600 epochs at most.

          `If-None-Match` with the last `ETag` of the same form gives 304 while nothing has \
          changed.
          """)
  @ApiResponse(
      responseCode = "200",
      description = "The curve so far",
      headers =
          @Header(
              name = "ETag",
              description = "Changes whenever the job does",
              schema = @Schema(type = "string")),
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = LossCurve.class),
            examples = @ExampleObject(JobExamples.CURVE)),
        @Content(
            mediaType = CSV,
            schema = @Schema(type = "string"),
            examples = @ExampleObject(JobExamples.CURVE_CSV)),
        @Content(mediaType = SVG, schema = @Schema(type = "string")),
        @Content(
            mediaType = MediaType.IMAGE_PNG_VALUE,
            schema = @Schema(type = "string", format = "binary"))
      })
  @Problems({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND, ProblemType.NOT_ACCEPTABLE})
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  @Nullable LossCurve json(
      @Parameter(description = "The job's id") @PathVariable String id,
      @Parameter(description = "At most so many epochs, from 10 on")
          @RequestParam(defaultValue = DEFAULT_POINTS)
          int maxPoints,
      WebRequest request) {
    return reply(id, maxPoints, "json", request, (_, curve) -> curve);
  }

  @Operation(hidden = true)
  @GetMapping(produces = CSV)
  @Nullable String csv(
      @PathVariable String id,
      @RequestParam(defaultValue = DEFAULT_POINTS) int maxPoints,
      WebRequest request) {
    return reply(id, maxPoints, "csv", request, (_, curve) -> curve.toCsv());
  }

  @Operation(hidden = true)
  @GetMapping(produces = SVG)
  byte @Nullable [] svg(
      @PathVariable String id,
      @RequestParam(defaultValue = DEFAULT_POINTS) int maxPoints,
      WebRequest request) {
    return reply(
        id,
        Math.min(maxPoints, LossPicture.WIDTH),
        "svg",
        request,
        (job, curve) -> LossSvg.draw(picture(job, curve)).getBytes(StandardCharsets.UTF_8));
  }

  @Operation(hidden = true)
  @GetMapping(produces = MediaType.IMAGE_PNG_VALUE)
  byte @Nullable [] png(
      @PathVariable String id,
      @RequestParam(defaultValue = DEFAULT_POINTS) int maxPoints,
      WebRequest request) {
    return reply(
        id,
        Math.min(maxPoints, LossPicture.WIDTH),
        "png",
        request,
        (job, curve) -> LossPng.draw(picture(job, curve)));
  }

  private static LossPicture picture(JobView job, LossCurve curve) {
    return LossPicture.of(job.name(), curve, job.best());
  }

  /// @param form that the tag is for
  /// @return null if the caller has it already
  private <T> @Nullable T reply(
      String id,
      int maxPoints,
      String form,
      WebRequest request,
      BiFunction<JobView, LossCurve, T> representation) {
    if (maxPoints < MIN_POINTS) {
      String detail = "maxPoints is %d, at least %d are needed".formatted(maxPoints, MIN_POINTS);
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, detail, List.of(InputError.at("#/maxPoints", detail)));
    }
    Job job = operator.find(id);
    // before the points are read: a tag may be older than they, which costs one more answer
    Job.Snapshot snapshot = job.snapshot(null);
    if (request.checkNotModified(tag(snapshot, form))) {
      return null;
    }
    LossCurve curve = LossCurve.of(job.events().curve(maxPoints));
    return representation.apply(snapshot.view(), curve);
  }

  /// Each form has tags of its own, as the same address gives other bytes.
  private static String tag(Job.Snapshot snapshot, String form) {
    String tag = snapshot.entityTag();
    return tag.substring(0, tag.length() - 1) + "-" + form + '"';
  }
}
