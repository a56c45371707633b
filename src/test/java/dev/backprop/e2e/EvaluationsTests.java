package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Models that are measured on data.
@EndToEnd
class EvaluationsTests {

  private static final Offset<Double> ACCURACY = within(1e-6);

  private final Api api;

  EvaluationsTests(Api api) {
    this.api = api;
  }

  /// The largest of −x, 0 and x − 2·b with b = 0.5: a for x < 0, b from 0 to 1, c above. The rows
  /// that are measured are a a a b b c with the predictions a b c b b a.
  @Test
  void countWhichClassesAreTakenForWhich() {
    api.train(
        """
        {"name": "thirds", "features": ["x"], "targets": ["kind"],
         "dataset": {"rows": [{"x": -1, "kind": "a"}, {"x": 0.5, "kind": "b"},
                              {"x": 2, "kind": "c"}]},
         "preprocessing": {"standardize": false},
         "network": {"hidden": [],
           "initialParameters": [{"weights": [[-1, 0, 1]], "biases": [0, 0, -1]}]},
         "training": {"epochs": 1, "optimizer": {"type": "sgd", "learningRate": 1e-30}}}""");
    String dataset = api.upload("thirds", "kind,x\na,-1\na,0.5\na,3\nb,0.25\nb,0.75\nc,-2\n");
    JsonNode measured = evaluate("/thirds", dataset);
    assertThat(measured.get("version").asInt()).isOne();
    assertThat(measured.get("rows").asInt()).isEqualTo(6);
    assertThat(measured.at("/confusion").toString())
        .isEqualTo("{\"labels\":[\"a\",\"b\",\"c\"],\"counts\":[[1,1,1],[0,2,0],[1,0,0]]}");
    assertThat(measured.at("/metrics/accuracy").asDouble()).isCloseTo(3 / 6.0, ACCURACY);
    assertThat(measured.at("/metrics/balancedAccuracy").asDouble())
        .isCloseTo((1 / 3.0 + 1 + 0) / 3, ACCURACY);
    JsonNode a = measured.at("/classes/0");
    assertThat(a.get("label").asString()).isEqualTo("a");
    assertThat(a.get("precision").asDouble()).isCloseTo(1 / 2.0, ACCURACY);
    assertThat(a.get("recall").asDouble()).isCloseTo(1 / 3.0, ACCURACY);
    assertThat(a.get("f1").asDouble()).isCloseTo(2 / 5.0, ACCURACY);
    assertThat(measured.at("/classes/1/precision").asDouble()).isCloseTo(2 / 3.0, ACCURACY);
    assertThat(measured.at("/classes/2/recall").asDouble()).isZero();
    double loss = 0;
    double[] xs = {-1, 0.5, 3, 0.25, 0.75, -2};
    int[] own = {0, 0, 0, 1, 1, 2};
    for (int i = 0; i < xs.length; i++) {
      double[] z = {-xs[i], 0, xs[i] - 1};
      loss += Math.log(Math.exp(z[0]) + Math.exp(z[1]) + Math.exp(z[2])) - z[own[i]];
    }
    assertThat(measured.get("loss").asDouble()).isCloseTo(loss / 6, ACCURACY);
    assertThat(measured.at("/metrics/logLoss").asDouble()).isCloseTo(loss / 6, ACCURACY);
  }

  private JsonNode evaluate(String path, String dataset) {
    return api.post(
            Api.MODELS + path + "/evaluate", "{\"dataset\": {\"id\": \"%s\"}}".formatted(dataset))
        .expect(200)
        .json();
  }

  /// What a job measured of its own rows is measured again of the same.
  @Test
  void giveTheMetricsOfTheTrainingForItsRows() {
    JsonNode job =
        api.train(
            """
            {"name": "again", "dataset": {"generator": {"type": "moons", "rows": 700, "seed": 3}},
             "training": {"epochs": 5}}""");
    JsonNode model = api.get(Api.MODELS + "/again").expect(200).json();
    JsonNode measured = evaluate("/again/versions/1", job.at("/dataset/id").asString());
    assertThat(measured.get("loss").asDouble())
        .isCloseTo(model.at("/metrics/trainingLoss").asDouble(), ACCURACY);
    assertThat(measured.at("/metrics/rocAuc").asDouble())
        .isCloseTo(model.at("/metrics/trainingRocAuc").asDouble(), ACCURACY);
    assertThat(measured.get("datasetSha256")).isEqualTo(job.at("/dataset/sha256"));
    long right =
        measured.at("/confusion/counts/0/0").asLong()
            + measured.at("/confusion/counts/1/1").asLong();
    assertThat(measured.at("/metrics/accuracy").asDouble()).isCloseTo(right / 700.0, ACCURACY);
  }
}
