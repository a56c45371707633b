package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The score of a model over folds.
@EndToEnd
class CrossValidationTests {

  private final Api api;

  CrossValidationTests(Api api) {
    this.api = api;
  }

  @Test
  void isShownWithTheModel() throws IOException {
    String iris = api.upload("iris", Files.readString(Path.of("examples/iris.csv")));

    JsonNode job =
        api.train(
            """
            {"name": "folded", "dataset": {"id": "%s"}, "validation": {"folds": 5},
             "training": {"epochs": 100, "optimizer": {"type": "adam", "learningRate": 0.01}}}"""
                .formatted(iris));

    assertThat(job.at("/spec/validation").toString()).isEqualTo("{\"folds\":5}");
    assertThat(job.at("/progress/fold").asInt()).isEqualTo(5);
    JsonNode measured =
        api.get(job.at("/links/model").asString()).expect(200).json().get("crossValidation");
    assertThat(measured.get("folds").asInt()).isEqualTo(5);
    assertThat(measured.at("/metrics/accuracy/mean").asDouble()).isBetween(0.92, 1.0);
    assertThat(measured.at("/metrics/accuracy/standardDeviation").asDouble()).isBetween(0.0, 0.08);
    assertThat(measured.at("/loss/mean").asDouble()).isBetween(0.0, 0.4);
  }
}
