package dev.backprop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/// Trains multilayer perceptrons by backpropagation and serves them over HTTP.
@SpringBootApplication
@ConfigurationPropertiesScan
public class BackpropServer {

  /// Starts the server.
  ///
  /// @param arguments Spring Boot's command-line properties, such as `--server.port=9090`
  public static void main(String[] arguments) {
    SpringApplication.run(BackpropServer.class, arguments);
  }
}
