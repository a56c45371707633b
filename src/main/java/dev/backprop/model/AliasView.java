package dev.backprop.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An alias as the API shows it.
@Schema(name = "Alias", description = "A name for a version of a model")
record AliasView(
    @Schema(example = "champion") String name,
    @Schema(example = "3") int version,
    @Schema(description = "Since when it points there") Instant since,
    @Schema(description = "Left out where there is none") @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Gate gate,
    @Schema(
            description =
                "What it points at and pointed at, the present first; the last 100 are kept")
        List<Target> history,
    @Schema(description = "Where to go from here") Map<String, String> links) {

  @Schema(name = "AliasTarget", description = "What an alias points or pointed at")
  record Target(@Schema(example = "3") int version, Instant since) {}

  static AliasView of(String model, Alias alias) {
    return new AliasView(
        alias.name(),
        alias.version(),
        alias.since(),
        alias.gate(),
        alias.history().stream()
            .map(target -> new Target(target.version(), target.since()))
            .toList(),
        Map.of(
            "self", path(model, alias.name()),
            "model", "/api/v1/models/" + model + "/versions/" + alias.version(),
            "predict", "/api/v1/models/" + model + "/versions/" + alias.name() + "/predict"));
  }

  static String path(String model, String alias) {
    return "/api/v1/models/" + model + "/aliases/" + alias;
  }
}
