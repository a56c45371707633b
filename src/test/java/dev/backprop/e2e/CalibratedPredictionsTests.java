package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// Calibrated probabilities and intervals, measured again from outside on the rows that they were
/// fitted on, and on fresh ones.
@EndToEnd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CalibratedPredictionsTests {

  private static final int ROWS = 200;

  private final Api api;
  private final SplitMix64 random = new SplitMix64(11);

  /// Of classes, one input each; the class is hardly to be told from it.
  private final Sample classes = new Sample(ROWS);

  private String classifier = "";
  private String regressor = "";

  CalibratedPredictionsTests(Api api) {
    this.api = api;
  }

  /// Rows with a class and a number that hang together with the input, more or less.
  private final class Sample {

    final double[] x;
    final String[] kind;
    final double[] y;

    Sample(int rows) {
      x = new double[rows];
      kind = new String[rows];
      y = new double[rows];
      for (int i = 0; i < rows; i++) {
        x[i] = 2 * random.nextDouble() - 1;
        kind[i] =
            x[i] + random.nextGaussian() > 0 ? "up" : random.nextInt(2) == 0 ? "left" : "down";
        y[i] = 100 + 20 * x[i] + random.nextGaussian() * (1 + Math.abs(x[i]));
      }
    }

    String csv() {
      StringBuilder csv = new StringBuilder("x,kind,y\n");
      for (int i = 0; i < x.length; i++) {
        csv.append(String.format(Locale.ROOT, "%s,%s,%s\n", x[i], kind[i], y[i]));
      }
      return csv.toString();
    }
  }

  @BeforeAll
  void train() {
    String training = api.upload("calibrated-training", new Sample(60).csv());
    String validation = api.upload("calibrated-validation", classes.csv());
    // far too many steps for 60 rows, so that the network is too sure of itself
    classifier =
        train(
            """
            {"name": "sure", "dataset": {"id": "%s"}, "validation": {"dataset": "%s"},
             "features": ["x"], "targets": ["kind"],
             "network": {"hidden": [{"units": 32, "activation": "relu"}]},
             "training": {"epochs": 300, "optimizer": {"type": "adam", "learningRate": 0.03},
                          "earlyStopping": null}}"""
                .formatted(training, validation));
    regressor =
        train(
            """
            {"name": "numbers", "dataset": {"id": "%s"}, "validation": {"dataset": "%s"},
             "features": ["x"], "targets": ["y"], "training": {"epochs": 60}}"""
                .formatted(training, validation));
  }

  private String train(String spec) {
    return api.train(spec).at("/links/model").asString();
  }

  private List<JsonNode> predict(String model, String query, Sample sample) {
    StringBuilder rows = new StringBuilder();
    for (double x : sample.x) {
      rows.append(rows.isEmpty() ? "" : ",").append('[').append(x).append(']');
    }
    return api.post(model + "/predict" + query, "{\"inputs\": [" + rows + "]}")
        .expect(200)
        .json()
        .get("predictions")
        .valueStream()
        .toList();
  }

  @Test
  void haveTheLossThatTheModelTells() {
    JsonNode calibration = api.get(classifier).expect(200).json().get("calibration");
    assertThat(calibration.get("rows").asInt()).isEqualTo(ROWS);
    double before = calibration.at("/negativeLogLikelihood/before").asDouble();
    double after = calibration.at("/negativeLogLikelihood/after").asDouble();
    assertThat(after).isLessThan(before);
    assertThat(loss(predict(classifier, "", classes))).isCloseTo(before, within(1e-5));
    assertThat(loss(predict(classifier, "?calibrated=true", classes)))
        .isCloseTo(after, within(1e-5));
    assertThat(calibration.get("temperature").asDouble()).isGreaterThan(1);
    assertThat(api.get(classifier).json().has("conformal")).isFalse();
  }

  private double loss(List<JsonNode> predictions) {
    double sum = 0;
    for (int i = 0; i < predictions.size(); i++) {
      sum -= Math.log(predictions.get(i).get("probabilities").get(classes.kind[i]).asDouble());
    }
    return sum / predictions.size();
  }

  @Test
  void nameTheSameClasses() {
    assertThat(labels(predict(classifier, "?calibrated=true", classes)))
        .isEqualTo(labels(predict(classifier, "", classes)));
  }

  private static List<String> labels(List<JsonNode> predictions) {
    return predictions.stream().map(each -> each.get("label").asString()).toList();
  }

  @Test
  void holdTheRankOfTheRowsThatTheyWereMeasuredOn() {
    JsonNode conformal = api.get(regressor).expect(200).json().get("conformal");
    assertThat(conformal.get("rows").asInt()).isEqualTo(ROWS);
    assertThat(conformal.at("/intervals/2/coverage").asDouble()).isEqualTo(0.9);
    List<JsonNode> predictions = predict(regressor, "?interval=0.9", classes);
    // ⌈201 · 0.9⌉ = 181, give or take one whose end is rounded
    assertThat(inside(predictions, classes)).isBetween(180, 182);
    JsonNode first = predictions.getFirst();
    double value = first.at("/values/y").asDouble();
    double width = conformal.at("/intervals/2/halfWidths/y").asDouble();
    assertThat(first.at("/intervals/y/0").asDouble()).isCloseTo(value - width, within(1e-4));
    assertThat(first.at("/intervals/y/1").asDouble()).isCloseTo(value + width, within(1e-4));
  }

  @Test
  void stayWithModelFiles() {
    for (String model : List.of(classifier, regressor)) {
      byte[] file = api.download(model + "/export?format=zip");
      String name = model.equals(classifier) ? "sure-again" : "numbers-again";
      JsonNode back =
          api.postBytes(Api.MODELS + "/import?name=" + name, file, "application/zip")
              .expect(201)
              .json();
      JsonNode first = api.get(model).expect(200).json();
      assertThat(back.get("calibration")).isEqualTo(first.get("calibration"));
      assertThat(back.get("conformal")).isEqualTo(first.get("conformal"));
      assertThat(api.get(Api.MODELS + "/" + name + "/card").expect(200).body())
          .contains("training loss");
    }
    assertThat(predict(Api.MODELS + "/sure-again", "?calibrated=true", classes))
        .isEqualTo(predict(classifier, "?calibrated=true", classes));
    assertThat(predict(Api.MODELS + "/numbers-again", "?interval=0.9", classes))
        .isEqualTo(predict(regressor, "?interval=0.9", classes));
  }

  @Test
  void coverFreshRowsAsOftenAsPromised() {
    Sample fresh = new Sample(2_000);
    double share = inside(predict(regressor, "?interval=0.8", fresh), fresh) / 2_000.0;
    // of one fit with 200 rows: three times √(0.8 · 0.2 · (1/202 + 1/2000))
    assertThat(share).isCloseTo(0.8, within(0.09));
  }

  private static int inside(List<JsonNode> predictions, Sample sample) {
    int count = 0;
    for (int i = 0; i < predictions.size(); i++) {
      JsonNode ends = predictions.get(i).at("/intervals/y");
      if (ends.get(0).asDouble() <= sample.y[i] && sample.y[i] <= ends.get(1).asDouble()) {
        count++;
      }
    }
    return count;
  }

  @Test
  void areGivenInStreamsToo() {
    String csv = api.postCsv(regressor + "/predict?interval=0.9", "x\n0.5\n").expect(200).body();
    assertThat(csv).startsWith("y,low_y,high_y,flags,error\n");
    List<String> cells = List.of(csv.lines().skip(1).findFirst().orElseThrow().split(",", -1));
    JsonNode line =
        api.post(
                regressor + "/predict?interval=0.9",
                "[0.5]\n",
                "Content-Type",
                "application/x-ndjson")
            .expect(200)
            .json();
    List<String> expected =
        new ArrayList<>(
            List.of(
                line.at("/values/y").asString(),
                line.at("/intervals/y/0").asString(),
                line.at("/intervals/y/1").asString()));
    assertThat(cells.subList(0, 3)).isEqualTo(expected);
  }

  @Test
  void areRefusedWhereThereIsNothingToGoBy() {
    assertRefused(regressor, "?calibrated=true", "#/calibrated", "interval says how far");
    assertRefused(classifier, "?interval=0.9", "#/interval", "the model gives labels");
    assertRefused(regressor, "?interval=0.999", "#/interval", "takes 999 validation rows or more");
    String unvalidated =
        train(
            """
            {"name": "unvalidated", "dataset": {"generator": {"type": "xor"}},
             "training": {"epochs": 5}}""");
    JsonNode model = api.get(unvalidated).expect(200).json();
    assertThat(model.has("calibration")).isFalse();
    assertThat(model.has("conformal")).isFalse();
    for (String query : List.of("?calibrated=true", "?interval=0.9")) {
      api.post(unvalidated + "/predict" + query, "{\"inputs\": [[0, 1]]}").expect(422);
    }
  }

  private void assertRefused(String model, String query, String pointer, String words) {
    JsonNode problem =
        api.post(model + "/predict" + query, "{\"inputs\": [[0.5]]}").expect(422).json();
    assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
    assertThat(problem.at("/errors/0/detail").asString()).contains(words);
  }
}
