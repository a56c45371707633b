package dev.backprop.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.dataset.MemoryLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class ModelPropertiesTests {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void hasDefaults() {
    context.run(
        started ->
            assertThat(started.getBean(ModelProperties.class))
                .isEqualTo(
                    new ModelProperties(
                        new MemoryLimit(Runtime.getRuntime().maxMemory() / 100 * 25))));
  }

  @Test
  void bindsEveryProperty() {
    context
        .withPropertyValues("backprop.models.max-memory=3KB")
        .run(
            started ->
                assertThat(started.getBean(ModelProperties.class))
                    .isEqualTo(new ModelProperties(new MemoryLimit(3 << 10))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0B", "101%", "-1%", "much"})
  void refusesLimitsThatLeaveNoRoom(String limit) {
    context
        .withPropertyValues("backprop.models.max-memory=" + limit)
        .run(started -> assertThat(started).hasFailed());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(ModelProperties.class)
  static class Properties {}
}
