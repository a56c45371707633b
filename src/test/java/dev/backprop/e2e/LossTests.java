package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Loss curves as JSON and as CSV.
@EndToEnd
class LossTests {

  private final Api api;

  LossTests(Api api) {
    this.api = api;
  }

  private String train(int epochs, String more) {
    return api.train(
            """
            {"name": "loss", %s
             "dataset": {"generator": {"type": "xor", "rows": 60, "noise": 0.1}},
             "training": {"epochs": %d, "batchSize": "full"}}"""
                .formatted(more, epochs))
        .at("/links/loss")
        .asString();
  }

  @Test
  void haveAnEntryForEachEpochInEveryColumn() {
    JsonNode curve = api.get(train(50, "")).expect(200).json();
    assertThat(numbers(curve, "epoch"))
        .isEqualTo(IntStream.rangeClosed(1, 50).mapToObj(e -> (double) e).toList());
    assertThat(numbers(curve, "trainingLoss"))
        .hasSize(50)
        .allSatisfy(loss -> assertThat(loss).isPositive());
    assertThat(numbers(curve, "learningRate")).hasSize(50).containsOnly(0.001);
    assertThat(curve.get("validationLoss").isNull()).isTrue();
  }

  @Test
  void haveTheLayersOnRequest() {
    String loss =
        api.train(
                """
                {"name": "layers", "dataset": {"generator": {"type": "xor", "rows": 60}},
                 "network": {"hidden": [{"units": 4}, {"units": 3, "activation": "tanh"}]},
                 "training": {"epochs": 20, "layerStatistics": true}}""")
            .at("/links/loss")
            .asString();
    JsonNode layers = api.get(loss).expect(200).json().get("layers");
    assertThat(layers.valueStream().map(layer -> layer.get("layer").asString()))
        .containsExactly("hidden 1", "hidden 2", "output");
    for (JsonNode layer : layers.values()) {
      assertThat(numbers(layer, "gradientNorm")).hasSize(20).allMatch(norm -> norm > 0);
      assertThat(numbers(layer, "parameterNorm")).hasSize(20).allMatch(norm -> norm > 0);
    }
    assertThat(numbers(layers.get(0), "deadUnits")).hasSize(20).allMatch(s -> s >= 0 && s <= 1);
    assertThat(numbers(layers.get(1), "deadUnits")).containsOnly(0.0);
    assertThat(layers.get(2).has("deadUnits")).isFalse();
    assertThat(api.get(loss, "Accept", "text/csv").expect(200).body())
        .startsWith(
            "epoch,trainingLoss,validationLoss,learningRate,rmse,mae,r2,"
                + "hidden1GradientNorm,hidden1ParameterNorm,hidden1DeadUnits,"
                + "hidden2GradientNorm,hidden2ParameterNorm,hidden2DeadUnits,"
                + "outputGradientNorm,outputParameterNorm\n1,");
  }

  @Test
  void areTheSameAsATable() {
    String loss = train(30, "");
    JsonNode curve = api.get(loss).expect(200).json();
    Reply table = api.get(loss, "Accept", "text/csv").expect(200);
    assertThat(table.header("Content-Type")).startsWith("text/csv");
    List<String> lines = table.body().lines().toList();
    assertThat(lines).hasSize(31);
    assertThat(lines.getFirst())
        .isEqualTo("epoch,trainingLoss,validationLoss,learningRate,rmse,mae,r2");
    for (int i = 0; i < 30; i++) {
      assertThat(lines.get(i + 1))
          .isEqualTo(
              "%d,%s,,0.001,%s,%s,%s"
                  .formatted(
                      i + 1,
                      number(curve.at("/trainingLoss"), i),
                      number(curve.at("/metrics/rmse"), i),
                      number(curve.at("/metrics/mae"), i),
                      number(curve.at("/metrics/r2"), i)));
    }
  }

  @Test
  void showHowItGoesWithRowsThatAreNotTrained() {
    String loss = train(40, "\"validation\": {\"fraction\": 0.25},");
    JsonNode curve = api.get(loss).expect(200).json();
    List<Double> validation = numbers(curve, "validationLoss");
    assertThat(validation).hasSize(40).isNotEqualTo(numbers(curve, "trainingLoss"));
    assertThat(validation.getLast()).isLessThan(validation.getFirst());
    String lastLine = api.get(loss, "Accept", "text/csv").body().lines().toList().getLast();
    assertThat(lastLine)
        .startsWith(
            "40,%s,%s,0.001,"
                .formatted(last(curve, "trainingLoss"), last(curve, "validationLoss")));
    JsonNode metrics = curve.get("metrics");
    assertThat(metrics.propertyNames())
        .containsExactly("rmse", "mae", "r2", "validationRmse", "validationMae", "validationR2");
    assertThat(lastLine).endsWith("," + last(metrics, "validationR2"));
    assertThat(Math.pow(metrics.get("validationRmse").get(39).asDouble(), 2))
        .isCloseTo(validation.getLast(), within(1e-6));
  }

  @Test
  void areThinnedOutToTheirFirstLastAndExtremes() {
    String loss = train(1_000, "");
    JsonNode whole = api.get(loss + "?maxPoints=2000").json();
    JsonNode thin = api.get(loss + "?maxPoints=25").json();
    List<Double> epochs = numbers(thin, "epoch");
    assertThat(epochs).hasSizeBetween(20, 25).isSorted().startsWith(1.0).endsWith(1000.0);
    List<Double> losses = numbers(whole, "trainingLoss");
    assertThat(losses).hasSize(1_000);
    assertThat(numbers(thin, "trainingLoss"))
        .contains(losses.stream().min(Double::compare).orElseThrow())
        .contains(losses.stream().max(Double::compare).orElseThrow())
        .isSubsetOf(losses);
    assertThat(numbers(api.get(loss).json(), "epoch")).hasSizeLessThanOrEqualTo(500);
  }

  private static List<Double> numbers(JsonNode curve, String column) {
    return curve.get(column).valueStream().map(JsonNode::asDouble).toList();
  }

  private static String last(JsonNode curve, String column) {
    return Double.toString(numbers(curve, column).getLast());
  }

  private static String number(JsonNode column, int index) {
    return Double.toString(column.get(index).asDouble());
  }
}
