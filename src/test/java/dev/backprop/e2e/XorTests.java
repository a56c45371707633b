package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.golden.XorGolden;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// XOR through HTTP: the textbook's numbers, and the same numbers again.
@EndToEnd
class XorTests {

  private static final Percentage ONE_IN_TEN_THOUSAND = Percentage.withPercentage(0.01);

  private final Api api;

  XorTests(Api api) {
    this.api = api;
  }

  @ParameterizedTest
  @MethodSource("dev.backprop.golden.XorGolden#load")
  void followsNumPyInEveryEpoch(XorGolden.Case given) {
    JsonMapper json = JsonMapper.shared();
    JsonNode job =
        api.train(
            """
            {"name": "xor-golden",
             "dataset": {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]],
                         "targets": [[0], [1], [1], [0]]},
             "network": {
               "hidden": [{"units": 2, "activation": "sigmoid"}],
               "output": {"activation": "sigmoid"},
               "initialParameters": [{"weights": %s, "biases": %s},
                                     {"weights": %s, "biases": %s}]},
             "training": {"loss": "meanSquaredError",
                          "optimizer": {"type": "sgd", "learningRate": %s},
                          "epochs": %d, "batchSize": "full"}}"""
                .formatted(
                    json.writeValueAsString(given.weights1()),
                    json.writeValueAsString(given.biases1()),
                    json.writeValueAsString(given.weights2()),
                    json.writeValueAsString(given.biases2()),
                    XorGolden.LEARNING_RATE,
                    given.losses().length));

    JsonNode curve = api.get(job.at("/links/loss").asString() + "?maxPoints=20000").json();
    assertThat(curve.get("epoch").size()).isEqualTo(given.losses().length).isEqualTo(10_000);
    for (int i = 0; i < given.losses().length; i++) {
      assertThat(curve.get("epoch").get(i).asInt()).isEqualTo(i + 1);
      assertThat(curve.get("trainingLoss").get(i).asDouble())
          .as("loss of epoch %d", i + 1)
          .isCloseTo(given.losses()[i], ONE_IN_TEN_THOUSAND);
    }
  }

  @Test
  void predictsTheTruthTableItWasTaught() {
    JsonNode job =
        api.train(
            """
            {"name": "xor-adam", "dataset": {"generator": {"type": "xor"}},
             "network": {"hidden": [{"units": 8, "activation": "tanh"}]},
             "training": {"epochs": 2000, "batchSize": "full",
                          "optimizer": {"type": "adam", "learningRate": 0.02}}}""");
    JsonNode predictions =
        api.post(
                job.at("/links/predict").asString(),
                "{\"inputs\": [[0, 0], [0, 1], [1, 0], [1, 1]]}")
            .expect(200)
            .json()
            .get("predictions");
    assertThat(predictions.size()).isEqualTo(4);
    double[] truth = {0, 1, 1, 0};
    for (int row = 0; row < truth.length; row++) {
      assertThat(predictions.get(row).at("/values/y").asDouble())
          .isCloseTo(truth[row], within(0.1));
      assertThat(predictions.get(row).get("flags").isEmpty()).isTrue();
    }
  }

  @Test
  void givesTheSameParametersForTheSameSeedAlone() {
    List<String> hashes = List.of(parametersOf(7), parametersOf(7), parametersOf(8));
    assertThat(hashes.get(0)).hasSize(64).isEqualTo(hashes.get(1)).isNotEqualTo(hashes.get(2));
  }

  private String parametersOf(int seed) {
    JsonNode job =
        api.train(
            """
            {"name": "xor-seed",
             "dataset": {"generator": {"type": "xor", "rows": 200, "noise": 0.2, "seed": 1}},
             "training": {"epochs": 20, "batchSize": 16, "seed": %d},
             "validation": {"fraction": 0.25}}"""
                .formatted(seed));
    JsonNode lineage = api.get(job.at("/links/model").asString()).expect(200).json().get("lineage");
    assertThat(lineage.get("seed").asInt()).isEqualTo(seed);
    assertThat(lineage.get("job")).isEqualTo(job.get("id"));
    return lineage.get("parametersSha256").asString();
  }
}
