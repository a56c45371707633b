package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Normalization;
import dev.backprop.core.train.BatchSize;
import dev.backprop.core.train.GradientClipping;
import dev.backprop.core.train.Regularization;
import dev.backprop.core.train.Schedule;
import dev.backprop.core.train.Sgd;
import dev.backprop.core.train.TrainingSpec;
import dev.backprop.dataset.MemoryLimit;
import dev.backprop.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A million numbers of a layer and batch, 4 MB, are kept twice, by gelu three times, with dropout
/// four times, and once more with normalization.
class JobMemoryTests {

  private static final int UNITS = 1000;
  private static final int ROWS = 1000;

  private final JobLimits limits =
      new JobLimits(
          new JobProperties(
              1,
              1,
              1_000_000,
              10,
              1e16,
              new MemoryLimit(10_000_000),
              100,
              1,
              new MemoryLimit(10_000_000),
              Duration.ZERO,
              Duration.ZERO,
              64,
              null,
              10,
              new MemoryLimit(10_000_000),
              new MemoryLimit(10_000_000)));

  @Test
  void countsTheSumsThatAnActivationKeeps() {
    assertThatCode(() -> check(new Activation.Relu())).doesNotThrowAnyException();

    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> check(new Activation.Gelu()));

    assertThat(refused.errors().getFirst().detail())
        .startsWith("the training needs about 12.1 MB of memory");
  }

  @Test
  void countsTheMasksOfDropoutAndWhatTheyLeave() {
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> check(new LayerSpec(UNITS, new Activation.Relu(), 0.5)));

    assertThat(refused.errors().getFirst().detail())
        .startsWith("the training needs about 16.1 MB of memory");
  }

  @Test
  void countsTheStandardizedSumsOfNormalization() {
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class,
            () -> check(new LayerSpec(UNITS, new Activation.Relu(), 0, new Normalization.Layer())));

    assertThat(refused.errors().getFirst().detail())
        .startsWith("the training needs about 12.1 MB of memory");
  }

  @Test
  void countsTheInputsThatDropoutOrNoiseDisturbs() {
    NetworkSpec network =
        new NetworkSpec(UNITS, List.of(new LayerSpec(1, new Activation.Linear())));

    double plain = JobLimits.memory(network, training(Regularization.NONE), ROWS, ROWS);
    double disturbed =
        JobLimits.memory(network, training(new Regularization(0, 0, 0.5, 0, null)), ROWS, ROWS);
    double noisy =
        JobLimits.memory(network, training(new Regularization(0, 0, 0, 0.5, null)), ROWS, ROWS);

    assertThat(disturbed - plain).isEqualTo(4.0 * UNITS * ROWS);
    assertThat(noisy).isEqualTo(disturbed);
  }

  private void check(Activation activation) {
    check(new LayerSpec(UNITS, activation));
  }

  private void check(LayerSpec hidden) {
    limits.check(
        new NetworkSpec(1, List.of(hidden, new LayerSpec(1, new Activation.Linear()))),
        training(Regularization.NONE),
        1,
        ROWS,
        ROWS);
  }

  private static TrainingSpec training(Regularization regularization) {
    return new TrainingSpec(
        new Loss.MeanSquaredError(),
        new Sgd(0.1),
        new Schedule.Constant(),
        1,
        new BatchSize.Full(),
        false,
        0,
        regularization,
        new GradientClipping.None(),
        null,
        null);
  }
}
