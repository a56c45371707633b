package dev.backprop.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class DatasetPropertiesTests {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void hasDefaults() {
    context.run(
        started ->
            assertThat(started.getBean(DatasetProperties.class))
                .isEqualTo(
                    new DatasetProperties(
                        10_000_000,
                        20_000,
                        250_000_000,
                        10_000,
                        DataSize.ofMegabytes(256),
                        new MemoryLimit(Runtime.getRuntime().maxMemory() / 100 * 25),
                        100))
                .isEqualTo(DatasetProperties.defaults()));
  }

  @Test
  void bindsEveryProperty() {
    context
        .withPropertyValues(
            "backprop.datasets.max-rows=1",
            "backprop.datasets.max-columns=2",
            "backprop.datasets.max-cells=3",
            "backprop.datasets.max-categories=4",
            "backprop.datasets.max-upload=5KB",
            "backprop.datasets.max-memory=6MB",
            "backprop.datasets.max-gzip-ratio=7")
        .run(
            started ->
                assertThat(started.getBean(DatasetProperties.class))
                    .isEqualTo(
                        new DatasetProperties(
                            1, 2, 3, 4, DataSize.ofKilobytes(5), new MemoryLimit(6 << 20), 7)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-rows=0",
        "max-columns=-1",
        "max-cells=0",
        "max-categories=1",
        "max-gzip-ratio=0",
        "max-memory=0%",
        "max-memory=101%",
        "max-memory=0B",
        "max-memory=lots"
      })
  void refusesValuesThatLeaveNoRoom(String property) {
    context
        .withPropertyValues("backprop.datasets." + property)
        .run(started -> assertThat(started).hasFailed());
  }

  @Test
  void takesMemoryAsShareOfTheHeap() {
    assertThat(MemoryLimit.of("50%").bytes())
        .isEqualTo(Runtime.getRuntime().maxMemory() / 100 * 50);
    assertThatIllegalArgumentException().isThrownBy(() -> MemoryLimit.of("%"));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(DatasetProperties.class)
  static class Properties {}
}
