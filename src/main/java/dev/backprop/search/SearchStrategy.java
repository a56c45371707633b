package dev.backprop.search;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/// Which points of a space are tried, and for how long each.
@Schema(description = "Which points of the space are tried. By default random.")
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SearchStrategy.Grid.class, name = "grid"),
  @JsonSubTypes.Type(value = SearchStrategy.RandomPoints.class, name = "random"),
  @JsonSubTypes.Type(value = SearchStrategy.SuccessiveHalving.class, name = "successiveHalving")
})
public sealed interface SearchStrategy {

  /// Every combination.
  @Schema(
      description =
          "Every combination of the values, those of the last dimension changing fastest, until the"
              + " budget is spent")
  record Grid() implements SearchStrategy {}

  /// Points drawn by the seed.
  ///
  /// Bergstra, Bengio: Random Search for Hyper-Parameter Optimization, JMLR 2012.
  @Schema(description = "As many points as the budget has trials, drawn by the seed")
  record RandomPoints() implements SearchStrategy {}

  /// Many points for a few epochs, the best of them for more.
  ///
  /// Jamieson, Talwalkar: Non-stochastic Best Arm Identification and Hyperparameter Optimization,
  /// AISTATS 2016; rungs as in the brackets of Li et al.: Hyperband, JMLR 2018.
  @Schema(
      description =
          "n points drawn by the seed are trained for a few epochs; the best n/η of them anew, and"
              + " under the same seed, for η times as many, and so on up to the epochs of the job. n"
              + " is the budget's number of trials: of points, each of which counts once. There are"
              + " as many rungs as n and the epochs allow: ⌊log_η of the smaller of the two⌋ + 1.")
  record SuccessiveHalving(
      @Schema(description = "η; from 2 to 10", defaultValue = "3")
          @Min(value = 2, message = "must be from 2 to 10")
          @Max(value = 10, message = "must be from 2 to 10")
          @Nullable Integer factor)
      implements SearchStrategy {

    static final int DEFAULT_FACTOR = 3;

    int factorOrDefault() {
      return factor == null ? DEFAULT_FACTOR : factor;
    }
  }
}
