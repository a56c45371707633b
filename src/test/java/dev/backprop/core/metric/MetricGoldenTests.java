package dev.backprop.core.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Against scikit-learn; `golden/metrics.py` made the numbers.
@SuppressWarnings("ArrayRecordComponent") // the records mirror the file
class MetricGoldenTests {

  /// scikit-learn brings the rows of probabilities to a sum of 1, which they have to 24 bits.
  private static final Offset<Double> ACCURACY = Offset.offset(2e-7);

  private static final Map<String, Metric> NAMES =
      Map.of(
          "accuracy", Metric.ACCURACY,
          "balancedAccuracy", Metric.BALANCED_ACCURACY,
          "macroF1", Metric.MACRO_F1,
          "logLoss", Metric.LOG_LOSS,
          "rocAuc", Metric.ROC_AUC,
          "top5Accuracy", Metric.TOP5_ACCURACY,
          "rmse", Metric.RMSE,
          "mae", Metric.MAE,
          "r2", Metric.R2,
          "mape", Metric.MAPE);

  record Golden(String scikitLearn, List<Case> cases) {}

  record Case(
      String name,
      String scoring,
      float[][] outputs,
      float[][] targets,
      float @Nullable [] weights,
      Map<String, Double> scores) {

    @Nullable Matrix w() {
      return weights == null ? null : Matrices.column(weights);
    }

    Scoring named() {
      return switch (scoring) {
        case "largestOutput" -> new Scoring.LargestOutput();
        case "probabilities" -> new Scoring.Labels(0.5f);
        case "signs" -> new Scoring.Labels(0);
        case "errors" -> new Scoring.Errors(Units.OWN);
        default -> throw new IllegalArgumentException(scoring);
      };
    }

    /// Softmax and one sigmoid have them.
    boolean probabilities() {
      return scoring.equals("largestOutput") || scoring.equals("probabilities");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Golden GOLDEN = load();

  private static Golden load() {
    try (InputStream file = MetricGoldenTests.class.getResourceAsStream("/golden/metrics.json")) {
      return JsonMapper.shared().readValue(Objects.requireNonNull(file), Golden.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Case> cases() {
    return GOLDEN.cases();
  }

  @Test
  void everyMetricIsCompared() {
    assertThat(GOLDEN.cases().stream().flatMap(each -> each.scores().keySet().stream()))
        .containsAll(NAMES.keySet());
    assertThat(NAMES).containsValues(Metric.values());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void measuresWhatScikitLearnMeasures(Case golden) {
    Matrix outputs = Matrices.of(golden.outputs());
    Matrix targets = Matrices.of(golden.targets());
    Tally tally = golden.named().newFinalTally(targets, golden.w(), golden.probabilities());
    Matrix w = golden.w();
    tally.add(targets, targets);
    tally.reset();
    tally.add(outputs.rows(0, 11), targets.rows(0, 11), w == null ? null : w.rows(0, 11));
    int rest = outputs.rows() - 11;
    tally.add(outputs.rows(11, rest), targets.rows(11, rest), w == null ? null : w.rows(11, rest));

    Map<Metric, Double> expected = new HashMap<>();
    golden.scores().forEach((name, score) -> expected.put(NAMES.get(name), score));
    Map<Metric, Double> scores = tally.scores();
    assertThat(scores).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (metric, score) ->
            assertThat(scores.get(metric)).as("%s", metric).isCloseTo(score, ACCURACY));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void measuresEachMetricAloneAsWithTheOthers(Case golden) {
    Matrix outputs = Matrices.of(golden.outputs());
    Matrix targets = Matrices.of(golden.targets());
    Tally all = golden.named().newFinalTally(targets, golden.w(), golden.probabilities());
    all.add(outputs, targets, golden.w());
    all.scores()
        .forEach(
            (metric, score) -> {
              Tally alone =
                  new Scoring.Selected(golden.named(), Set.of(metric))
                      .newTally(targets, golden.w());
              alone.add(outputs, targets, golden.w());
              assertThat(alone.scores()).containsExactly(Map.entry(metric, score));
            });
  }
}
