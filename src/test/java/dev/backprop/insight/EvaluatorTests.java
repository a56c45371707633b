package dev.backprop.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.PlainBlas;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.metric.Metric;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.DatasetRepositories;
import dev.backprop.dataset.MemoryLimit;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Gate;
import dev.backprop.model.Model;
import dev.backprop.model.Models;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class EvaluatorTests {

  private static final Dataset DATA =
      new Dataset(
          "ds_1",
          "line",
          List.of(
              new NumberColumn("x", new float[] {0, 1, 2}),
              new NumberColumn("y", new float[] {0, 2, 5})),
          Instant.EPOCH);

  /// y = 2·x, which has the errors 0, 0 and 1.
  private static final Model DOUBLE =
      Models.of(
          "double",
          1,
          Instant.EPOCH,
          new Preprocessor(
              List.of(new NumberEncoder("x", new Scaler.None(), 0, 2, null, false)),
              new TargetEncoder.Values(List.of("y"))),
          new Parameters(
              new NetworkSpec(1, List.of(new LayerSpec(1, new Activation.Linear()))),
              new float[] {2, 0}));

  private static Evaluator evaluator(long memory, double work) {
    return new Evaluator(
        DatasetRepositories.inMemory(
            new DatasetProperties(
                100, 10, 1_000, 10, DataSize.ofKilobytes(1), new MemoryLimit(1 << 20), 100)),
        new Products(new PlainBlas()),
        new InsightProperties(new MemoryLimit(memory), work));
  }

  @Test
  void measuresEveryRowOnce() {
    EvaluationView measured = evaluator(1 << 20, 1e9).evaluate(DOUBLE, DATA, "#/dataset");
    assertThat(measured.rows()).isEqualTo(3);
    assertThat(measured.loss()).isCloseTo(1 / 3.0, within(1e-7));
    assertThat(measured.metrics().get("mae")).isCloseTo(1 / 3.0, within(1e-7));
    assertThat(measured.metrics().get("mape")).as("of 2 and 5").isCloseTo(0.1, within(1e-7));
    assertThat(measured.classes()).isNull();
  }

  @Test
  void refusesWhatTakesTooMuch() {
    assertRefused(evaluator(50, 1e9), "the limit of backprop.insight.max-memory is 50");
    // 2 parameters, 3 rows
    assertRefused(evaluator(1 << 20, 11), "1.2e+01 floating-point operations");
    evaluator(1 << 20, 12).evaluate(DOUBLE, DATA, "#/dataset");
  }

  private static void assertRefused(Evaluator evaluator, String words) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> evaluator.evaluate(DOUBLE, DATA, "#/dataset"))
        .withMessageContaining(words)
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.LIMIT_EXCEEDED));
  }

  @Test
  void refusesGatesOnDataThatAreGone() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () ->
                evaluator(1 << 20, 1e9)
                    .measure(DOUBLE, new Gate("ds_1", Metric.ACCURACY, 0.9, null)))
        .withMessageContaining("there is no data set 'ds_1' on this server to measure with");
  }
}
