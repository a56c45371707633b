package dev.backprop.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A search as the API shows it.
@Schema(name = "Search", description = "A search for good settings and what it has found")
record SearchView(
    @Schema(example = "search_01k0example") String id,
    @Schema(description = "The model's name", example = "iris") String name,
    SearchStatus status,
    @Schema(description = "Why it ended; null before it has") @Nullable SearchStopReason stopReason,
    Instant createdAt,
    @Nullable Instant finishedAt,
    Progress progress,
    @Schema(description = "The best trial so far") @Nullable TrialView best,
    @Schema(description = "What the best trial became; null before the end")
        @Nullable ModelLink model,
    @Schema(description = "Why there is no model") @Nullable String error,
    @Schema(description = "The best first; left out in lists")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable List<TrialView> trials,
    @Schema(description = "What was asked for, its defaults filled in") SearchSpec spec,
    Links links) {

  @Schema(name = "SearchProgress")
  record Progress(
      @Schema(description = "Trials that have ended", example = "5") int trials,
      @Schema(description = "Trials, if nothing stops them", example = "20") int planned,
      @Schema(description = "Trials that wait or train", example = "2") int running,
      @Schema(description = "Of those that have ended, those without a value", example = "0")
          int failed,
      @Schema(example = "0.25") double fraction) {}

  @Schema(name = "SearchModel")
  record ModelLink(@Schema(example = "iris") String name, @Schema(example = "1") int version) {}

  @Schema(name = "SearchLinks", description = "Where to go from here")
  record Links(String self, @Nullable String model, @Nullable String predict) {

    static Links of(String id, @Nullable ModelLink model) {
      String version =
          model == null ? null : "/api/v1/models/" + model.name() + "/versions/" + model.version();
      return new Links(
          SearchController.PATH + "/" + id, version, version == null ? null : version + "/predict");
    }
  }
}
