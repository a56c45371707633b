package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.dataset.MemoryLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class JobPropertiesTests {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void hasDefaults() {
    context.run(
        started -> {
          JobProperties properties = started.getBean(JobProperties.class);
          assertThat(properties)
              .isEqualTo(
                  new JobProperties(
                      null,
                      100,
                      25_000_000,
                      10_000_000,
                      1e16,
                      new MemoryLimit(Runtime.getRuntime().maxMemory() / 100 * 50),
                      20_000,
                      1_000,
                      new MemoryLimit(Runtime.getRuntime().maxMemory() / 100 * 10),
                      Duration.ofSeconds(60),
                      Duration.ofSeconds(15),
                      64,
                      null,
                      10,
                      new MemoryLimit(Runtime.getRuntime().maxMemory() / 100 * 25),
                      new MemoryLimit(Runtime.getRuntime().maxMemory() / 100 * 50)));
          assertThat(properties.allThreads()).isEqualTo(Runtime.getRuntime().availableProcessors());
          assertThat(properties.workerThreads())
              .isEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
        });
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "64, 63"})
  void leavesACoreToPredictionsWhereThereAreTwo(int cores, int workers) {
    assertThat(JobProperties.workers(cores)).isEqualTo(workers);
  }

  @Test
  void bindsEveryProperty() {
    context
        .withPropertyValues(
            "backprop.jobs.workers=1",
            "backprop.jobs.queue-capacity=2",
            "backprop.jobs.max-parameters=3",
            "backprop.jobs.max-epochs=4",
            "backprop.jobs.max-work=5e6",
            "backprop.jobs.max-memory=6MB",
            "backprop.jobs.curve-points=700",
            "backprop.jobs.retained=8",
            "backprop.jobs.max-history-memory=11MB",
            "backprop.jobs.max-wait=9s",
            "backprop.jobs.shutdown-grace=10s",
            "backprop.jobs.max-threads=11",
            "backprop.jobs.threads=12",
            "backprop.jobs.max-paused=13",
            "backprop.jobs.max-paused-memory=14MB",
            "backprop.jobs.max-running-memory=15MB")
        .run(
            started -> {
              JobProperties properties = started.getBean(JobProperties.class);
              assertThat(properties)
                  .isEqualTo(
                      new JobProperties(
                          1,
                          2,
                          3,
                          4,
                          5e6,
                          new MemoryLimit(6 << 20),
                          700,
                          8,
                          new MemoryLimit(11 << 20),
                          Duration.ofSeconds(9),
                          Duration.ofSeconds(10),
                          11,
                          12,
                          13,
                          new MemoryLimit(14 << 20),
                          new MemoryLimit(15 << 20)));
              assertThat(properties.allThreads()).isEqualTo(12);
              assertThat(properties.workerThreads()).isEqualTo(1);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "workers=0",
        "queue-capacity=0",
        "max-parameters=0",
        "max-epochs=-1",
        "max-work=0",
        "max-work=NaN",
        "max-memory=0%",
        "curve-points=99",
        "retained=0",
        "max-history-memory=0%",
        "max-wait=-1s",
        "shutdown-grace=-1s",
        "max-threads=0",
        "threads=0",
        "max-running-memory=101%",
        "shutdown-grace=soon"
      })
  void refusesValuesThatMakeNoSense(String property) {
    context
        .withPropertyValues("backprop.jobs." + property)
        .run(started -> assertThat(started).hasFailed());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(JobProperties.class)
  static class Properties {}
}
