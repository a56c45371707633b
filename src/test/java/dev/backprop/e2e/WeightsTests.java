package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Rows that count more than others.
@EndToEnd
class WeightsTests {

  /// Nine rows of which two are ill; `times` says how often each is there in [#REPEATED].
  private static final String WEIGHTED =
      """
      x1,x2,times,kind
      0.1,0.9,1,well
      0.4,0.2,2,well
      0.3,0.7,0,well
      0.9,0.3,3,ill
      0.6,0.6,1,well
      0.2,0.1,2,well
      0.7,0.8,1,ill
      0.5,0.4,1,well
      0.8,0.1,1,well
      """;

  private static final String REPEATED = repeated();

  private final Api api;

  WeightsTests(Api api) {
    this.api = api;
  }

  private static String repeated() {
    StringBuilder rows = new StringBuilder();
    for (String line : WEIGHTED.lines().toList()) {
      String[] cells = line.split(",", -1);
      int times = cells[2].equals("times") ? 1 : Integer.parseInt(cells[2]);
      rows.append((cells[0] + "," + cells[1] + "," + cells[3] + "\n").repeat(times));
    }
    return rows.toString();
  }

  /// Gradient descent over all rows, from parameters that are not drawn.
  private JsonNode train(String name, String csv, String more, String training) {
    String id = api.upload(name, csv);
    return api.train(
        """
        {"name": "%s", "dataset": {"id": "%s"}, %s
         "targets": ["kind"], "features": ["x1", "x2"], "preprocessing": {"standardize": false},
         "network": {"hidden": [], "output": {"activation": "softmax"},
           "initialParameters": [{"weights": [[0.1, -0.2], [0.3, 0.4]], "biases": [0, 0]}]},
         "training": {"epochs": 50, "batchSize": "full",
           "optimizer": {"type": "sgd", "learningRate": 0.5} %s}}
        """
            .formatted(name, id, more, training));
  }

  private JsonNode model(JsonNode job) {
    return api.get(job.at("/links/model").asString()).expect(200).json();
  }

  private double probabilityOfIll(JsonNode job) {
    return api.post(job.at("/links/predict").asString(), "{\"inputs\": [[0.9, 0.5]]}")
        .expect(200)
        .json()
        .at("/predictions/0/probabilities/ill")
        .asDouble();
  }

  @Test
  void areTrainedAsThoughTheyWereThereMoreOften() {
    JsonNode weighted = train("weighted", WEIGHTED, "\"weights\": \"times\",", "");
    JsonNode repeated = train("repeated", REPEATED, "", "");
    JsonNode unweighted = train("unweighted", WEIGHTED, "", "");

    assertThat(weighted.at("/spec/weights").asString()).isEqualTo("times");
    assertThat(probabilityOfIll(weighted)).isCloseTo(probabilityOfIll(repeated), within(1e-5));
    assertThat(probabilityOfIll(unweighted)).isNotCloseTo(probabilityOfIll(repeated), within(1e-2));
    JsonNode expected = model(repeated).get("metrics");
    JsonNode metrics = model(weighted).get("metrics");
    assertThat(metrics.propertyNames()).isEqualTo(expected.propertyNames()).hasSize(6);
    metrics
        .properties()
        .forEach(
            metric ->
                assertThat(metric.getValue().asDouble())
                    .as(metric.getKey())
                    .isCloseTo(expected.get(metric.getKey()).asDouble(), within(1e-5)));
  }

  @Test
  void areBalancedAsByTheirOwnWeights() {
    String byHand = WEIGHTED.replaceAll(",\\d,well", ",1,well").replaceAll(",\\d,ill", ",3.5,ill");
    JsonNode balanced = train("balanced", WEIGHTED, "", ", \"classWeights\": \"balanced\"");
    JsonNode given = train("given", WEIGHTED, "", ", \"classWeights\": {\"ill\": 3.5}");
    JsonNode rows = train("by-hand", byHand, "\"weights\": \"times\",", "");

    assertThat(balanced.at("/spec/training/classWeights").asString()).isEqualTo("balanced");
    assertThat(given.at("/spec/training/classWeights").toString()).isEqualTo("{\"ill\":3.5}");
    assertThat(model(given).at("/spec/training/classWeights/ill").asDouble()).isEqualTo(3.5);
    assertThat(hash(given)).isEqualTo(hash(rows)).isEqualTo(hash(balanced));
  }

  private String hash(JsonNode job) {
    return model(job).at("/lineage/parametersSha256").asString();
  }

  @Test
  void areNotAskedForInPredictions() {
    JsonNode job =
        api.train(
            """
            {"name": "unasked", "weights": "sure", "training": {"epochs": 1},
             "dataset": {"rows": [{"x": 1, "y": 1, "sure": 0.5}, {"x": 2, "y": 3, "sure": 1}]}}
            """);

    assertThat(job.at("/spec/features").toString()).isEqualTo("[\"x\"]");
    assertThat(job.at("/spec/targets").toString()).isEqualTo("[\"y\"]");
    JsonNode predictions =
        api.post(job.at("/links/predict").asString(), "{\"rows\": [{\"x\": 1}]}")
            .expect(200)
            .json();
    assertThat(predictions.at("/predictions/0/values/y").isNumber()).isTrue();
  }

  /// The loss of the validation rows is their weighted mean at the model's parameters.
  @Test
  void countInValidationToo() {
    JsonNode job =
        api.train(
            """
            {"name": "validated", "weights": "w", "features": ["x"], "targets": ["y"],
             "preprocessing": {"standardize": false, "standardizeTargets": false}, "validation": {"fraction": 0.5},
             "network": {"hidden": [],
               "initialParameters": [{"weights": [[0]], "biases": [0]}]},
             "training": {"epochs": 1, "seed": 3, "optimizer": {"type": "sgd", "learningRate": 1e-30}},
             "dataset": {"rows": [{"x": 0, "y": 1, "w": 1}, {"x": 0, "y": 1, "w": 1},
               {"x": 0, "y": 3, "w": 9}, {"x": 0, "y": 3, "w": 9}]}}
            """);
    JsonNode metrics = model(job).get("metrics");

    double mean = (1 * 1 + 9 * 9) / 10.0; // each side has one row of each kind
    assertThat(metrics.get("trainingLoss").asDouble()).isCloseTo(mean, within(1e-6));
    assertThat(metrics.get("validationLoss").asDouble()).isCloseTo(mean, within(1e-6));
    assertThat(metrics.get("validationMae").asDouble()).isCloseTo(28 / 10.0, within(1e-6));
    assertThat(job.at("/latest/validationLoss").asDouble()).isCloseTo(mean, within(1e-6));
  }
}
