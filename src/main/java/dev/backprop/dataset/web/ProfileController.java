package dev.backprop.dataset.web;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.Texts;
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
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/// What data sets are like, as pictures.
@RestController
@Tag(name = "Datasets")
class ProfileController {

  private static final String SVG = "image/svg+xml";

  private final DatasetRepository repository;

  ProfileController(DatasetRepository repository) {
    this.repository = repository;
  }

  @GetMapping(path = DatasetController.PATH + "/{id}/profile.svg", produces = SVG)
  @Operation(
      summary = "See the columns of a data set",
      description =
          "Small pictures beside each other, 600 pixels wide: the histogram of a column of numbers"
              + " with its range, the four most frequent categories of others; above each its name,"
              + " missing cells and distinct values. Of more than 48 columns the first 47 and the"
              + " last are shown, and the picture says which are not. `If-None-Match` with the"
              + " `ETag` gives 304.")
  @ApiResponse(
      responseCode = "200",
      description = "The picture",
      headers = @Header(name = "ETag", schema = @Schema(type = "string")),
      content =
          @Content(
              mediaType = SVG,
              schema = @Schema(type = "string"),
              examples = @ExampleObject(DatasetExamples.PICTURE)))
  @Problems({ProblemType.NOT_FOUND, ProblemType.NOT_ACCEPTABLE})
  byte @Nullable [] picture(
      @Parameter(description = "The data set's id") @PathVariable String id, WebRequest request) {
    Dataset dataset =
        repository
            .find(id)
            .orElseThrow(() -> ProblemException.notFound("data set", Texts.shorten(id)));
    return request.checkNotModified('"' + dataset.sha256() + '"')
        ? null
        : ProfilePicture.of(dataset).getBytes(StandardCharsets.UTF_8);
  }
}
