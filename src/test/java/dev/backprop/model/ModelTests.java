package dev.backprop.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.dataset.intake.DatasetSource;
import dev.backprop.dataset.preprocessing.CategoryEncoder;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.NetworkSettings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelTests {

  private static final TargetEncoder VALUE = new TargetEncoder.Values(List.of("y"));
  private static final FeatureEncoder NUMBER =
      new NumberEncoder("x", new Scaler.None(), 0, 1, null, false);

  @Test
  void countsMoreThanItsParameters() {
    assertThat(Models.small("a", 1, Instant.EPOCH).bytes()).isEqualTo(1_500 + 64 + 2 * 4);
  }

  @Test
  void countsFeaturesTextsAndGivenParameters() {
    Preprocessor numbers = new Preprocessor(List.of(NUMBER, NUMBER), VALUE);
    Preprocessor texts =
        new Preprocessor(
            List.of(
                new CategoryEncoder(
                    "color", List.of("blue", "red"), List.of(), null, false, false)),
            new TargetEncoder.Classes("kind", List.of("yes", "no"), true));
    assertThat(Model.bytes(1_000_000, numbers, spec(null))).isEqualTo(1_500 + 2 * 64 + 4_000_000);
    assertThat(Model.bytes(1_000_000, numbers, spec(List.of())))
        .as("given parameters are kept twice")
        .isEqualTo(1_500 + 2 * 64 + 8_000_000);
    assertThat(Model.bytes(3, texts, spec(null)))
        .isEqualTo(1_500 + 64 + 4 * 64 + 2 * "blueredyesno".length() + 3 * 4);
    assertThat(Model.bytes(10_000_000_000L, numbers, spec(null))).isGreaterThan(40_000_000_000L);
  }

  private static JobSpec spec(@Nullable List<NetworkSettings.LayerParameters> initialParameters) {
    return new JobSpec(
        "a",
        DatasetSource.ofId("ds_1"),
        null,
        null,
        null,
        null,
        new NetworkSettings(null, null, null, initialParameters),
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
