package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.metric.Metric;
import dev.backprop.core.metric.Scores;
import dev.backprop.core.nn.LayerStatistics;
import dev.backprop.core.train.EpochReport;
import dev.backprop.job.event.EventLog;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossCurveTests {

  private static final int CAPACITY = 20_000;

  @Test
  void isEmptyBeforeTheFirstEpoch() {
    EventLog history = new EventLog(CAPACITY, JobService.CLOCK);
    assertThat(history.curve(10)).isEmpty();
  }

  @Test
  void keepsEveryEpochOfTenThousand() {
    EventLog history = falling(10_000);
    List<Integer> every = IntStream.rangeClosed(1, 10_000).boxed().toList();
    assertThat(epochs(history.curve(20_000))).isEqualTo(every);
    assertThat(epochs(history.curve(10_000))).isEqualTo(every);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 10})
  void givesAllPointsThatFit(int count) {
    assertThat(epochs(falling(count).curve(10)))
        .isEqualTo(IntStream.rangeClosed(1, count).boxed().toList());
  }

  @Test
  void staysBoundedAndEvenForAMillionEpochs() {
    EventLog history = falling(1_000_000);
    List<Integer> epochs = epochs(history.curve(Integer.MAX_VALUE));
    assertThat(epochs).hasSizeBetween(CAPACITY / 2, CAPACITY + 5).startsWith(1).endsWith(1_000_000);
    assertThat(IntStream.range(1, epochs.size()).map(i -> epochs.get(i) - epochs.get(i - 1)))
        .allMatch(gap -> gap <= 64);
  }

  @Test
  void spreadsAFewPointsOverTheWholeCurve() {
    List<Integer> epochs = epochs(falling(1_000_000).curve(10));
    assertThat(epochs).hasSize(10).startsWith(1).endsWith(1_000_000);
    assertThat(IntStream.range(1, 10).map(i -> epochs.get(i) - epochs.get(i - 1)))
        .allMatch(gap -> gap < 130_000);
  }

  @ParameterizedTest
  @CsvSource({"100, 1000000", "100, 99", "100, 100", "100, 101", "101, 12345", "20000, 50000"})
  void keepsFirstLastAndExtremesHoweverFewPointsAreAskedFor(int capacity, int count) {
    for (long seed = 1; seed <= 5; seed++) {
      SplitMix64 random = new SplitMix64(seed);
      EventLog history = new EventLog(capacity, JobService.CLOCK);
      EpochReport lowest = null;
      EpochReport highest = null;
      EpochReport lowestValidation = null;
      EpochReport highestValidation = null;
      for (int epoch = 1; epoch <= count; epoch++) {
        EpochReport report = report(epoch, random.nextDouble(), random.nextDouble());
        history.epoch(report, false);
        lowest = lowest == null || training(report) < training(lowest) ? report : lowest;
        highest = highest == null || training(report) > training(highest) ? report : highest;
        lowestValidation =
            lowestValidation == null || report.monitored() < lowestValidation.monitored()
                ? report
                : lowestValidation;
        highestValidation =
            highestValidation == null || report.monitored() > highestValidation.monitored()
                ? report
                : highestValidation;
      }
      for (int maxPoints : new int[] {10, 11, 57, 500, capacity, capacity + 6}) {
        List<EpochReport> points = history.curve(maxPoints);
        assertThat(points)
            .as("seed %d, capacity %d, maxPoints %d", seed, capacity, maxPoints)
            .hasSizeLessThanOrEqualTo(maxPoints)
            .hasSizeGreaterThanOrEqualTo(Math.min(maxPoints, Math.min(count, capacity / 2)))
            .contains(lowest, highest, lowestValidation, highestValidation);
        assertThat(epochs(points)).startsWith(1).endsWith(count).isSorted().doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void countsNoValidationLossAsAnExtremeWhereThereIsNone() {
    EventLog history = new EventLog(100, JobService.CLOCK);
    IntStream.rangeClosed(1, 5_000)
        .forEach(epoch -> history.epoch(report(epoch, 1.0 / epoch, null), false));
    assertThat(history.curve(10)).hasSize(10).allMatch(point -> point.validationLoss() == null);
    assertThat(LossCurve.of(history.curve(10)).validationLoss()).isNull();
  }

  @Test
  void makesAColumnForEachNumber() {
    EventLog history = new EventLog(100, JobService.CLOCK);
    history.epoch(report(1, 0.5, 0.75), false);
    history.epoch(new EpochReport(2, 0.25, 0.5, 0.125), false);
    LossCurve curve = LossCurve.of(history.curve(10));
    assertThat(curve)
        .isEqualTo(
            new LossCurve(
                List.of(1, 2),
                List.of(0.5, 0.25),
                List.of(0.75, 0.5),
                List.of(0.1, 0.125),
                Map.of(),
                null));
    assertThat(curve.toCsv())
        .isEqualTo(
            "epoch,trainingLoss,validationLoss,learningRate\n1,0.5,0.75,0.1\n2,0.25,0.5,0.125\n");
  }

  @Test
  void makesAColumnForEachMetricBehindThem() {
    EventLog history = new EventLog(100, JobService.CLOCK);
    history.epoch(
        new EpochReport(
            1,
            0.5,
            0.75,
            0.1,
            Scores.copyOf(Map.of(Metric.R2, -1.0, Metric.RMSE, 3.0, Metric.MAE, 2.0)),
            Scores.copyOf(Map.of(Metric.R2, -1.5, Metric.RMSE, 3.5, Metric.MAE, 2.5))),
        false);
    LossCurve curve = LossCurve.of(history.curve(10));
    assertThat(curve.metrics())
        .containsEntry("validationR2", List.of(-1.5))
        .containsOnlyKeys("rmse", "mae", "r2", "validationRmse", "validationMae", "validationR2");
    assertThat(curve.toCsv())
        .isEqualTo(
            """
            epoch,trainingLoss,validationLoss,learningRate,\
            rmse,mae,r2,validationRmse,validationMae,validationR2
            1,0.5,0.75,0.1,3.0,2.0,-1.0,3.5,2.5,-1.5
            """);
  }

  @Test
  void makesColumnsForEachLayerBehindThem() {
    EventLog history = new EventLog(100, JobService.CLOCK);
    double none = Double.NaN;
    history.epoch(
        report(1, 0.5, null)
            .withLayers(
                List.of(
                    new LayerStatistics(0.25, 2.5, 0.75),
                    new LayerStatistics(Double.POSITIVE_INFINITY, 1e60, none))),
        false);
    history.epoch(
        report(2, 0.25, null)
            .withLayers(
                List.of(new LayerStatistics(0.125, 3, 0), new LayerStatistics(0.1, 2, none))),
        false);
    LossCurve curve = LossCurve.of(history.curve(10));
    assertThat(SpecReader.tree(curve).get("layers"))
        .isEqualTo(
            SpecReader.tree(
                """
                [{"layer": "hidden 1", "gradientNorm": [0.25, 0.125], "parameterNorm": [2.5, 3.0],
                  "deadUnits": [0.75, 0.0]},
                 {"layer": "output", "gradientNorm": [null, 0.1], "parameterNorm": [null, 2.0]}]"""));
    assertThat(curve.toCsv())
        .isEqualTo(
            """
            epoch,trainingLoss,validationLoss,learningRate,hidden1GradientNorm,hidden1ParameterNorm,\
            hidden1DeadUnits,outputGradientNorm,outputParameterNorm
            1,0.5,,0.1,0.25,2.5,0.75,,
            2,0.25,,0.1,0.125,3.0,0.0,0.1,2.0
            """);
  }

  @Test
  void keepsTheLayersOfAnEpochWithItHoweverManyAreThinnedOut() {
    EventLog history = new EventLog(100, JobService.CLOCK);
    for (int epoch = 1; epoch <= 12_345; epoch++) {
      history.epoch(
          report(epoch, 1.0 / epoch, null)
              .withLayers(
                  List.of(
                      new LayerStatistics(epoch, -epoch, 0.5),
                      new LayerStatistics(2 * epoch, 0, Double.NaN))),
          false);
    }
    assertThat(history.curve(50))
        .hasSize(50)
        .allSatisfy(
            point -> {
              assertThat(point.layers()).hasSize(2);
              assertThat(point.layers().get(0).gradientNorm()).isEqualTo(point.epoch());
              assertThat(point.layers().get(0).parameterNorm()).isEqualTo(-point.epoch());
              assertThat(point.layers().get(1).gradientNorm()).isEqualTo(2 * point.epoch());
            });
  }

  @Test
  void hasNoLayersUnlessTheyAreMeasured() {
    EventLog history = falling(5);
    assertThat(LossCurve.of(history.curve(10)).layers()).isNull();
    assertThat(SpecReader.tree(LossCurve.of(history.curve(10))).has("layers")).isFalse();
  }

  @Test
  void keepsTheMetricsOfAnEpochWithItHoweverManyAreThinnedOut() {
    EventLog history = new EventLog(100, JobService.CLOCK);
    for (int epoch = 1; epoch <= 12_345; epoch++) {
      history.epoch(
          new EpochReport(
              epoch,
              1.0 / epoch,
              2.0 / epoch,
              0.1,
              Scores.copyOf(Map.of(Metric.ACCURACY, epoch / 20_000.0)),
              Scores.copyOf(Map.of(Metric.ACCURACY, epoch / 40_000.0))),
          false);
    }
    LossCurve curve = LossCurve.of(history.curve(1_000));
    assertThat(curve.epoch()).hasSizeGreaterThanOrEqualTo(50);
    assertThat(curve.metrics().get("accuracy"))
        .isEqualTo(curve.epoch().stream().map(epoch -> epoch / 20_000.0).toList());
    assertThat(curve.metrics().get("validationAccuracy"))
        .isEqualTo(curve.epoch().stream().map(epoch -> epoch / 40_000.0).toList());
  }

  @Test
  void leavesCellsEmptyWithoutValidation() {
    assertThat(LossCurve.of(List.of(report(7, 0.5, null))).toCsv())
        .isEqualTo("epoch,trainingLoss,validationLoss,learningRate\n7,0.5,,0.1\n");
    assertThat(LossCurve.of(List.of()).toCsv())
        .isEqualTo("epoch,trainingLoss,validationLoss,learningRate\n");
  }

  private static EventLog falling(int epochs) {
    EventLog history = new EventLog(CAPACITY, JobService.CLOCK);
    for (int epoch = 1; epoch <= epochs; epoch++) {
      history.epoch(report(epoch, 1.0 / epoch, 2.0 / epoch), false);
    }
    return history;
  }

  private static EpochReport report(int epoch, double training, @Nullable Double validation) {
    return new EpochReport(epoch, training, validation, 0.1);
  }

  private static double training(EpochReport report) {
    return report.trainingLoss();
  }

  private static List<Integer> epochs(List<EpochReport> points) {
    return points.stream().map(EpochReport::epoch).toList();
  }
}
