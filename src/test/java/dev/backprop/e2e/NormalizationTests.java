package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Normalization through HTTP.
@EndToEnd
class NormalizationTests {

  private static final double[][] INPUTS = {{0, 0}, {0, 1}, {1, 0}, {1, 3}};
  private static final double[][] WEIGHTS = {{0.5, -1}, {2, 0.25}};
  private static final double[] BIASES = {0.125, -0.5};
  private static final double[] GAMMA = {2, -0.5};
  private static final double[] BETA = {0.25, 1};
  private static final double EPSILON = 0.125;
  private static final double MOMENTUM = 0.25;

  private final Api api;

  NormalizationTests(Api api) {
    this.api = api;
  }

  /// Steps too small to move a float leave the parameters as they were given, and every epoch as
  /// good as the first, whose running statistics are those of one step.
  @Test
  void predictsByTheRunningStatisticsOfTheBestEpoch() {
    double[] predictions =
        predictions(
            "{\"type\": \"batch\", \"momentum\": %s, \"epsilon\": %s}"
                .formatted(MOMENTUM, EPSILON));

    double[][] sums = sums();
    double[][] standardized = new double[sums.length][2];
    for (int unit = 0; unit < 2; unit++) {
      int of = unit;
      double[] column = Arrays.stream(sums).mapToDouble(row -> row[of]).toArray();
      double runningMean = MOMENTUM * mean(column);
      double runningVariance = 1 - MOMENTUM + MOMENTUM * variance(column) * 4 / 3;
      for (int row = 0; row < sums.length; row++) {
        standardized[row][of] =
            (sums[row][of] - runningMean) / Math.sqrt(runningVariance + EPSILON);
      }
    }
    assertThat(predictions).containsExactly(outputs(standardized), within(1e-6));
  }

  @Test
  void predictsByTheMeanAndVarianceOfEachRow() {
    double[] predictions = predictions("{\"type\": \"layer\", \"epsilon\": %s}".formatted(EPSILON));

    double[][] standardized = sums();
    for (double[] row : standardized) {
      double mean = mean(row);
      double deviation = Math.sqrt(variance(row) + EPSILON);
      Arrays.setAll(row, unit -> (row[unit] - mean) / deviation);
    }
    assertThat(predictions).containsExactly(outputs(standardized), within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch", "layer"})
  void learnsTheTruthTable(String normalization) {
    JsonNode job =
        api.train(
            """
            {"name": "xor-%s", "dataset": {"generator": {"type": "xor"}},
             "network": {"hidden": [{"units": 8, "activation": "tanh", "normalization": "%s"}]},
             "training": {"epochs": 1500, "batchSize": "full",
                          "optimizer": {"type": "adam", "learningRate": 0.02}}}"""
                .formatted(normalization, normalization));

    assertThat(job.at("/spec/network/hidden/0/normalization").asString()).isEqualTo(normalization);
    assertThat(predict(job, "[[0, 0], [0, 1], [1, 0], [1, 1]]"))
        .containsExactly(new double[] {0, 1, 1, 0}, within(0.1));
  }

  /// What a network of two tanh units, whose parameters do not move, says of its training rows.
  private double[] predictions(String normalization) {
    String inputs = Arrays.deepToString(INPUTS);
    JsonNode job =
        api.train(
            """
            {"name": "normalized", "preprocessing": {"standardize": false, "standardizeTargets": false},
             "dataset": {"inputs": %s, "targets": [[1], [2], [3], [5]]},
             "network": {
               "hidden": [{"units": 2, "activation": "tanh", "normalization": %s}],
               "initialParameters": [
                 {"weights": %s, "biases": %s, "gamma": %s, "beta": %s},
                 {"weights": [[1], [1]], "biases": [0]}]},
             "training": {"epochs": 3, "batchSize": "full",
                          "optimizer": {"type": "sgd", "learningRate": 1e-30}}}"""
                .formatted(
                    inputs,
                    normalization,
                    Arrays.deepToString(WEIGHTS),
                    Arrays.toString(BIASES),
                    Arrays.toString(GAMMA),
                    Arrays.toString(BETA)));
    assertThat(job.at("/spec/network/initialParameters/0/gamma/0").asDouble()).isEqualTo(GAMMA[0]);
    assertThat(job.at("/best/epoch").asInt()).isEqualTo(1);
    return predict(job, inputs);
  }

  private double[] predict(JsonNode job, String inputs) {
    return api.post(job.at("/links/predict").asString(), "{\"inputs\": " + inputs + "}")
        .expect(200)
        .json()
        .get("predictions")
        .valueStream()
        .mapToDouble(row -> row.get("values").iterator().next().asDouble())
        .toArray();
  }

  private static double[][] sums() {
    return Arrays.stream(INPUTS)
        .map(
            x ->
                IntStream.range(0, 2)
                    .mapToDouble(j -> x[0] * WEIGHTS[0][j] + x[1] * WEIGHTS[1][j] + BIASES[j])
                    .toArray())
        .toArray(double[][]::new);
  }

  private static double[] outputs(double[][] standardized) {
    return Arrays.stream(standardized)
        .mapToDouble(
            row -> Math.tanh(GAMMA[0] * row[0] + BETA[0]) + Math.tanh(GAMMA[1] * row[1] + BETA[1]))
        .toArray();
  }

  private static double mean(double[] numbers) {
    return Arrays.stream(numbers).average().orElseThrow();
  }

  private static double variance(double[] numbers) {
    double mean = mean(numbers);
    return Arrays.stream(numbers).map(n -> (n - mean) * (n - mean)).average().orElseThrow();
  }
}
