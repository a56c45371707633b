package dev.backprop.job;

import dev.backprop.dataset.DatasetProperties;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.Bound;
import dev.backprop.problem.JsonBinder;
import dev.backprop.system.json.HttpProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ResolvableType;
import org.springframework.http.converter.SmartHttpMessageConverter;
import org.springframework.mock.http.MockHttpInputMessage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads and writes specs as the server does: with its mapper, and with the bounds on the records.
final class SpecReader {

  private static final ResolvableType BOUND =
      ResolvableType.forClassWithGenerics(Bound.class, JobSpec.class);
  private static final AnnotationConfigApplicationContext CONTEXT =
      new AnnotationConfigApplicationContext(Application.class);

  private SpecReader() {}

  @SuppressWarnings("unchecked") // the type was asked for
  static Bound<JobSpec> read(String json) {
    try {
      return (Bound<JobSpec>)
          CONTEXT
              .getBean(SmartHttpMessageConverter.class)
              .read(BOUND, new MockHttpInputMessage(json.getBytes(StandardCharsets.UTF_8)), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode tree(String json) {
    return mapper().readTree(json);
  }

  static JsonNode tree(Object value) {
    return tree(mapper().writeValueAsString(value));
  }

  static PatchReader patches() {
    return new PatchReader(CONTEXT.getBean(JsonBinder.class), mapper());
  }

  private static JsonMapper mapper() {
    return CONTEXT.getBean(JsonMapper.class);
  }

  @Configuration(proxyBeanMethods = false)
  @ComponentScan(basePackageClasses = HttpProperties.class)
  @ImportAutoConfiguration({JacksonAutoConfiguration.class, ValidationAutoConfiguration.class})
  @EnableConfigurationProperties({HttpProperties.class, DatasetProperties.class})
  static class Application {}
}
