package dev.backprop.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.dataset.MemoryLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class InsightPropertiesTests {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void hasDefaults() {
    context.run(
        started ->
            assertThat(started.getBean(InsightProperties.class))
                .isEqualTo(
                    new InsightProperties(
                        new MemoryLimit(Runtime.getRuntime().maxMemory() / 100 * 10), 1e13)));
  }

  @Test
  void bindsEveryProperty() {
    context
        .withPropertyValues("backprop.insight.max-memory=7KB", "backprop.insight.max-work=8e9")
        .run(
            started ->
                assertThat(started.getBean(InsightProperties.class))
                    .isEqualTo(new InsightProperties(new MemoryLimit(7 << 10), 8e9)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-memory=0", "max-memory=much", "max-work=0", "max-work=-1"})
  void refusesLimitsThatLeaveNoRoom(String limit) {
    context
        .withPropertyValues("backprop.insight." + limit)
        .run(started -> assertThat(started).hasFailed());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(InsightProperties.class)
  static class Properties {}
}
