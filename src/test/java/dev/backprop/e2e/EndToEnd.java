package dev.backprop.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/// A test that speaks to a running server, the same one for all of them. Its constructor takes the
/// [Api].
///
/// The server trains one job at a time, so that tests of the queue can fill it, and takes small
/// bodies only, so that tests of the limits need no large ones.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "backprop.jobs.workers=1",
      "backprop.http.max-json-body=512KB",
      "backprop.datasets.max-upload=1MB",
      "backprop.models.max-import=64KB"
    })
@Import(EndToEnd.Caller.class)
@TestConstructor(autowireMode = AutowireMode.ALL)
@interface EndToEnd {

  /// Learns the port from the server that the test context has started.
  @TestConfiguration(proxyBeanMethods = false)
  class Caller {

    @Bean
    Api api(Environment environment) {
      return new Api(() -> environment.getRequiredProperty("local.server.port", Integer.class));
    }
  }
}
