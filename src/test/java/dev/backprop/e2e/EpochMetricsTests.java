package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What each epoch measures.
@EndToEnd
class EpochMetricsTests {

  private final Api api;

  EpochMetricsTests(Api api) {
    this.api = api;
  }

  private JsonNode train(String name, String more, String training) {
    return api.train(
        """
        {"name": "%s", "dataset": {"generator": {"type": "xor", "rows": 120, "noise": 0.4}},
         "validation": {"fraction": 0.3}, %s
         "training": {"epochs": 12, "optimizer": {"type": "adam", "learningRate": 0.02} %s}}
        """
            .formatted(name, more, training));
  }

  @Test
  void isWhatIsAskedFor() {
    JsonNode job =
        train(
            "asked",
            "\"task\": \"classification\",",
            ", \"metrics\": [\"rocAuc\", \"logLoss\", \"macroF1\"]");
    JsonNode curve = api.get(job.at("/links/loss").asString()).expect(200).json();
    String table = api.get(job.at("/links/loss").asString(), "Accept", "text/csv").body();

    assertThat(job.at("/spec/training/metrics").toString())
        .isEqualTo("[\"rocAuc\",\"logLoss\",\"macroF1\"]");
    assertThat(curve.get("metrics").propertyNames())
        .containsExactly(
            "macroF1",
            "logLoss",
            "rocAuc",
            "validationMacroF1",
            "validationLogLoss",
            "validationRocAuc");
    assertThat(table.lines().findFirst().orElseThrow())
        .isEqualTo(
            "epoch,trainingLoss,validationLoss,learningRate,macroF1,logLoss,rocAuc,"
                + "validationMacroF1,validationLogLoss,validationRocAuc");
    assertThat(table.lines().skip(1)).hasSize(12).allMatch(l -> l.split(",", -1).length == 10);
    assertThat(job.at("/latest/metrics")).hasSize(6);
    assertThat(curve.at("/metrics/rocAuc")).hasSize(12).allMatch(JsonNode::isNumber);
  }

  /// The model has the parameters after its best epoch, whose validation is measured after it.
  @Test
  void isMeasuredAsForTheModel() {
    JsonNode job =
        train(
            "measured",
            "\"task\": \"classification\",",
            """
            , "metrics": ["accuracy", "balancedAccuracy", "macroF1", "logLoss", "rocAuc"]""");
    JsonNode best = job.at("/best/metrics");
    JsonNode model = api.get(job.at("/links/model").asString()).json().get("metrics");

    for (String name : List.of("Accuracy", "BalancedAccuracy", "MacroF1", "LogLoss", "RocAuc")) {
      assertThat(best.get("validation" + name).asDouble())
          .as(name.toLowerCase(Locale.ROOT))
          .isCloseTo(model.get("validation" + name).asDouble(), within(1e-6));
    }
  }

  @Test
  void endsATrainingThatNoLongerGetsBetterByIt() {
    JsonNode job =
        api.train(
            """
            {"name": "watched", "task": "classification",
             "dataset": {"generator": {"type": "xor", "rows": 120, "noise": 0.4}},
             "validation": {"fraction": 0.3},
             "training": {"epochs": 5000, "optimizer": {"type": "adam", "learningRate": 0.02},
               "metrics": ["logLoss"],
               "earlyStopping": {"metric": "validationBalancedAccuracy", "patience": 10}}}
            """);
    JsonNode stopping = job.at("/spec/training/earlyStopping");
    JsonNode column =
        api.get(job.at("/links/loss").asString() + "?maxPoints=5000")
            .json()
            .at("/metrics/validationBalancedAccuracy");
    int best = 0;
    for (int i = 1; i < column.size(); i++) {
      best = column.get(i).asDouble() > column.get(best).asDouble() ? i : best;
    }

    assertThat(job.get("stopReason").asString()).isEqualTo("earlyStopping");
    assertThat(stopping.get("mode").asString()).isEqualTo("max");
    assertThat(job.at("/spec/training/metrics").toString())
        .isEqualTo("[\"logLoss\",\"balancedAccuracy\"]");
    assertThat(job.at("/progress/epoch").asInt()).isEqualTo(column.size()).isEqualTo(best + 11);
    assertThat(job.at("/best/epoch").asInt()).isEqualTo(best + 1);
    assertThat(
            api.get(job.at("/links/model").asString())
                .json()
                .at("/metrics/validationBalancedAccuracy")
                .asDouble())
        .isEqualTo(column.get(best).asDouble());
  }

  @Test
  void isWhatTheTaskUsuallyHasOrNothing() {
    assertThat(train("usual", "", "").at("/spec/training/metrics").toString())
        .isEqualTo("[\"rmse\",\"mae\",\"r2\"]");
    JsonNode nothing = train("nothing", "", ", \"metrics\": []");
    assertThat(nothing.at("/latest/metrics").isEmpty()).isTrue();
    assertThat(api.get(nothing.at("/links/loss").asString()).json().get("metrics").isEmpty())
        .isTrue();
    assertThat(train("mape", "", ", \"metrics\": [\"mape\"]").at("/latest/metrics").isEmpty())
        .as("of targets of 0 and 1 those of 1 have one")
        .isFalse();
  }
}
