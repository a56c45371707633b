package dev.backprop.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class InferencePropertiesTests {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void hasDefaults() {
    context.run(
        started ->
            assertThat(started.getBean(InferenceProperties.class))
                .isEqualTo(new InferenceProperties(10_000, 1_000_000, DataSize.ofMegabytes(64))));
  }

  @Test
  void bindsEveryProperty() {
    context
        .withPropertyValues(
            "backprop.inference.max-rows=7",
            "backprop.inference.max-line=8",
            "backprop.inference.max-tensors=9KB")
        .run(
            started ->
                assertThat(started.getBean(InferenceProperties.class))
                    .isEqualTo(new InferenceProperties(7, 8, DataSize.ofKilobytes(9))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many"})
  void refusesLimitsThatLeaveNoRoom(String limit) {
    context
        .withPropertyValues("backprop.inference.max-rows=" + limit)
        .run(started -> assertThat(started).hasFailed());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(InferenceProperties.class)
  static class Properties {}
}
