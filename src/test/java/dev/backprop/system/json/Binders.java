package dev.backprop.system.json;

import dev.backprop.problem.JsonBinder;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/// The server's way to read JSON, without the server.
public final class Binders {

  private Binders() {}

  /// A binder whose deserializers take their limits from these beans.
  @SuppressWarnings("resource") // lives as long as the binder
  public static JsonBinder with(Object... beans) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    for (Object bean : beans) {
      context.getBeanFactory().registerSingleton(bean.getClass().getName(), bean);
    }
    context.register(Application.class);
    context.refresh();
    return context.getBean(JsonBinder.class);
  }

  @Configuration(proxyBeanMethods = false)
  @ComponentScan(basePackageClasses = HttpProperties.class)
  @ImportAutoConfiguration({JacksonAutoConfiguration.class, ValidationAutoConfiguration.class})
  @EnableConfigurationProperties(HttpProperties.class)
  static class Application {}
}
