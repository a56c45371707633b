package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.train.BatchSize;
import dev.backprop.core.train.Schedule;
import dev.backprop.core.train.Sgd;
import dev.backprop.core.train.TrainingSpec;
import dev.backprop.dataset.MemoryLimit;
import dev.backprop.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A million numbers of a layer and batch, 4 MB, are kept twice, and by gelu three times.
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
              Duration.ZERO));

  @Test
  void countsTheSumsThatAnActivationKeeps() {
    assertThatCode(() -> check(new Activation.Relu())).doesNotThrowAnyException();

    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> check(new Activation.Gelu()));

    assertThat(refused.errors().getFirst().detail())
        .startsWith("the training needs about 12.1 MB of memory");
  }

  private void check(Activation activation) {
    limits.check(
        new NetworkSpec(
            1,
            List.of(new LayerSpec(UNITS, activation), new LayerSpec(1, new Activation.Linear()))),
        new TrainingSpec(
            new Loss.MeanSquaredError(),
            new Sgd(0.1),
            new Schedule.Constant(),
            1,
            new BatchSize.Full(),
            false,
            0,
            null),
        ROWS,
        ROWS);
  }
}
