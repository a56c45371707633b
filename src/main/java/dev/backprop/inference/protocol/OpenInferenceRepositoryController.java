package dev.backprop.inference.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.backprop.model.Model;
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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Which models there are and what they did, by the extensions of the Open Inference Protocol.
@Tag(name = "Open Inference Protocol")
@RestController
@RequestMapping(path = "/v2", produces = MediaType.APPLICATION_JSON_VALUE)
class OpenInferenceRepositoryController {

  private final ModelVersions models;
  private final InferStatistics statistics;

  OpenInferenceRepositoryController(ModelVersions models, InferStatistics statistics) {
    this.models = models;
    this.statistics = statistics;
  }

  /// What is wanted of the index.
  ///
  /// @param ready whether models that are not ready are left out; all of ours are
  record IndexRequest(@Nullable Boolean ready) {}

  /// A version.
  record IndexEntry(String name, String version, String state, String reason) {

    static IndexEntry of(Model model) {
      return new IndexEntry(model.name(), Integer.toString(model.version()), "READY", "");
    }
  }

  /// Counts of versions.
  record Statistics(@JsonProperty("model_stats") List<ModelStatistics> modelStats) {}

  @Operation(
      summary = "List all versions of all models",
      description = "The index of the model repository extension. All are ready.")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              examples = @ExampleObject("{\"ready\": true}")))
  @ApiResponse(
      responseCode = "200",
      description = "The versions",
      useReturnTypeSchema = true,
      content = @Content(examples = @ExampleObject(OpenInferenceExamples.INDEX)))
  @OpenInferenceErrors
  @PostMapping("/repository/index")
  List<IndexEntry> index(@RequestBody(required = false) @Nullable IndexRequest request) {
    return models.all().stream().map(IndexEntry::of).toList();
  }

  @StatisticsOperation
  @GetMapping("/models/stats")
  Statistics statistics() {
    return new Statistics(statistics.of(models.all()));
  }

  @StatisticsOperation
  @GetMapping("/models/{name}/stats")
  Statistics statisticsOfModel(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name) {
    models.require(name, null);
    return new Statistics(statistics.of(models.of(name)));
  }

  @StatisticsOperation
  @GetMapping("/models/{name}/versions/{version}/stats")
  Statistics statisticsOfVersion(
      @Parameter(description = "The model's name", example = "iris") @PathVariable String name,
      @Parameter(description = "The version's number", example = "1") @PathVariable
          String version) {
    return new Statistics(statistics.of(List.of(models.require(name, version))));
  }

  @Operation(
      summary = "Count inferences",
      description =
          "By the statistics extension: how many inferences of this protocol there were since the"
              + " server started, and what their parts took: reading, scoring and writing.")
  @ApiResponse(
      responseCode = "200",
      description = "Counts of each version",
      content =
          @Content(
              schema = @Schema(implementation = Statistics.class),
              examples = @ExampleObject(OpenInferenceExamples.STATISTICS)))
  @OpenInferenceErrors
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  private @interface StatisticsOperation {}
}
