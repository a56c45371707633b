package dev.backprop.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.intake.DatasetRequest;
import dev.backprop.problem.InputError;
import jakarta.servlet.MultipartConfigElement;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

class DatasetWiringTests {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
          .withUserConfiguration(Application.class);

  @Test
  void readsJsonWithTheLimitsOfTheServer() {
    context
        .withPropertyValues("backprop.datasets.max-rows=2")
        .run(
            started -> {
              DatasetRequest request =
                  started
                      .getBean(JsonMapper.class)
                      .readValue(
                          "{\"rows\":[{\"a\":1},{\"a\":2},{\"a\":3}]}", DatasetRequest.class);
              assertThat(request.errors())
                  .extracting(InputError::detail)
                  .containsExactly("more than 2 rows, the limit of backprop.datasets.max-rows");
            });
  }

  @Test
  void holdsFormsToTheLimitOfUploads() {
    context
        .withPropertyValues("backprop.datasets.max-upload=1000B")
        .run(
            started -> {
              MultipartConfigElement form = started.getBean(MultipartConfigElement.class);
              assertThat(form.getMaxFileSize()).isEqualTo(1000);
              assertThat(form.getMaxRequestSize()).isEqualTo(1000 + 64 * 1024);
            });
  }

  @Configuration(proxyBeanMethods = false)
  @ComponentScan(basePackageClasses = Dataset.class)
  @EnableConfigurationProperties(DatasetProperties.class)
  static class Application {

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }
  }
}
