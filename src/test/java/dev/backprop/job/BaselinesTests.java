package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.PlainBlas;
import dev.backprop.core.linalg.Products;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BaselinesTests {

  private static final PlanView.BaselineName MAJORITY = PlanView.BaselineName.MAJORITY_CLASS;
  private static final PlanView.BaselineName MEAN = PlanView.BaselineName.MEAN;
  private static final PlanView.BaselineName LINEAR = PlanView.BaselineName.LINEAR_MODEL;

  /// Six a, three b, one c; x tells a from the others.
  private static final String CLASSES =
      rows(
          10,
          i ->
              i < 6 ? "\"x\": %d, \"y\": \"a\"" : "\"x\": %d, \"y\": \"" + (i < 9 ? "b\"" : "c\""));

  /// y = 2x + 1.
  private static final String LINE = rows(10, i -> "\"x\": %d, \"y\": " + (2 * i + 1));

  @Test
  void giveEachClassItsShare() {
    Map<String, Double> scores = scores(measure(CLASSES, ""), MAJORITY);
    assertThat(scores.get("accuracy")).isEqualTo(0.6);
    assertThat(scores.get("balancedAccuracy")).isCloseTo(1 / 3.0, within(1e-6));
    double entropy = -(0.6 * Math.log(0.6) + 0.3 * Math.log(0.3) + 0.1 * Math.log(0.1));
    assertThat(scores.get("logLoss")).isCloseTo(entropy, within(1e-6));
  }

  @Test
  void giveNumbersTheirMean() {
    Map<String, Double> scores = scores(measure(LINE, ""), MEAN);
    assertThat(scores.get("rmse")).isCloseTo(2 * Math.sqrt(8.25), within(1e-5));
    assertThat(scores.get("mae")).isCloseTo(5, within(1e-5));
    assertThat(scores.get("r2")).isCloseTo(0, within(1e-6));
    assertThat(scores.get("mape")).isPositive();
  }

  @Test
  void haveALinearModelThatFindsALine() {
    for (String scale : new String[] {"true", "false"}) {
      Map<String, Double> scores =
          scores(
              measure(
                  LINE,
                  """
                  , "preprocessing": {"standardize": %s, "standardizeTargets": %s}"""
                      .formatted(scale, scale)),
              LINEAR);
      assertThat(scores.get("rmse")).isLessThan(0.01);
      assertThat(scores.get("r2")).isGreaterThan(0.9999);
    }
  }

  @Test
  void haveALinearModelThatSeparatesWhatALineSeparates() {
    Map<String, Double> scores = scores(measure(CLASSES, ""), LINEAR);
    assertThat(scores.get("accuracy")).isGreaterThanOrEqualTo(0.9);
    assertThat(scores.get("logLoss")).isLessThan(0.4);
  }

  @Test
  void failAtTheExclusiveOr() {
    String xor =
        """
        {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "targets": [[0], [1], [1], [0]]}""";
    PlanView.Baselines regression = measure(xor, "");
    assertThat(scores(regression, LINEAR).get("r2")).isCloseTo(0, within(1e-3));
    PlanView.Baselines classes =
        measure(
            xor,
            ", \"task\": \"classification\", \"network\": {\"output\": {\"activation\": \"sigmoid\"}}");
    assertThat(scores(classes, LINEAR).get("accuracy")).isLessThanOrEqualTo(0.75);
    assertThat(scores(classes, LINEAR).get("logLoss")).isCloseTo(Math.log(2), within(1e-3));
    assertThat(scores(classes, MAJORITY).get("rocAuc")).isEqualTo(0.5);
  }

  @Test
  void areMeasuredOnValidationRowsWhereThereAreAny() {
    PlanView.Baselines baselines = measure(CLASSES, ", \"validation\": {\"fraction\": 0.4}");
    assertThat(baselines.measuredOn()).isEqualTo(PlanView.Rows.VALIDATION);
    assertThat(baselines.rows()).isEqualTo(4);
    assertThat(scores(baselines, MAJORITY).get("accuracy")).isIn(0.5, 0.75);
    assertThat(measure(CLASSES, "").measuredOn()).isEqualTo(PlanView.Rows.TRAINING);
    assertThat(measure(CLASSES, "").rows()).isEqualTo(10);
  }

  @Test
  void weighRowsAsTheJobDoes() {
    String weighted =
        rows(
            10,
            i -> "\"x\": %d, \"w\": " + (i < 6 ? 1 : 9) + ", \"y\": \"" + (i < 6 ? "a\"" : "b\""));
    Map<String, Double> scores = scores(measure(weighted, ", \"weights\": \"w\""), MAJORITY);
    assertThat(scores.get("accuracy")).isCloseTo(36 / 42.0, within(1e-6));
  }

  @Test
  void haveNoMetricThatTheModelHasNot() {
    String hinge =
        ", \"network\": {\"output\": {\"activation\": \"linear\"}}, \"training\": {\"loss\": \"hinge\"}";
    PlanView.Baselines baselines = measure(CLASSES, hinge);
    assertThat(scores(baselines, MAJORITY).keySet())
        .containsExactly("accuracy", "balancedAccuracy", "macroF1");
    assertThat(scores(baselines, LINEAR).get("accuracy")).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void haveLabelsToo() {
    String labels = rows(10, i -> "\"x\": %d, \"big\": " + (i < 5 ? 0 : 1) + ", \"never\": 0");
    PlanView.Baselines baselines =
        measure(labels, ", \"task\": \"multilabel\", \"targets\": [\"big\", \"never\"]");
    assertThat(scores(baselines, MAJORITY).get("accuracy")).isEqualTo(0.5);
    assertThat(scores(baselines, LINEAR).get("accuracy")).isEqualTo(1);
  }

  @Test
  void leaveALinearModelOutThatWouldBeTooLarge() {
    String wide =
        IntStream.range(0, 300)
            .mapToObj(i -> "{\"y\": \"class %d\", \"x\": \"%d\"}".formatted(i, i))
            .collect(Collectors.joining(", ", "{\"rows\": [", "]}"));
    PlanView.Baselines narrow = measure(wide, "");
    assertThat(narrow.scores()).hasSize(2);
    String wider =
        IntStream.range(0, 600)
            .mapToObj(i -> "{\"x\": \"%d\", \"y\": \"class %d\"}".formatted(i, i))
            .collect(Collectors.joining(", ", "{\"rows\": [", "]}"));
    assertThat(measure(wider, "").scores())
        .extracting(PlanView.Baseline::name)
        .containsExactly(MAJORITY);
  }

  private interface Row {
    String cells(int index);
  }

  private static String rows(int count, Row row) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{" + row.cells(i).formatted(i) + "}")
        .collect(Collectors.joining(", ", "{\"rows\": [", "]}"));
  }

  private static Map<String, Double> scores(
      PlanView.Baselines baselines, PlanView.BaselineName name) {
    return baselines.scores().stream()
        .filter(baseline -> baseline.name() == name)
        .findFirst()
        .orElseThrow()
        .metrics();
  }

  private static PlanView.Baselines measure(String dataset, String more) {
    PreparedJob job =
        JobService.planner(new FakeDatasets(), JobService.properties(10))
            .prepare(SpecReader.read("{\"dataset\": %s%s}".formatted(dataset, more)));
    return new Baselines(new Products(new PlainBlas()), System::nanoTime).of(job);
  }
}
