package dev.backprop.system;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Products;
import dev.backprop.job.JobProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/// Chooses the matrix library and says which.
@Configuration(proxyBeanMethods = false)
class BlasConfiguration {

  private static final Logger log = LoggerFactory.getLogger("Backprop Server");

  /// The matrix library.
  ///
  /// @param library the native one where it loads, or plain Java in any case
  @ConfigurationProperties("backprop.blas")
  record BlasProperties(@DefaultValue("AUTO") Library library) {

    enum Library {
      AUTO,
      PLAIN
    }
  }

  @Bean
  BlasProvider blasProvider(BlasProperties properties) {
    BlasProvider provider =
        switch (properties.library()) {
          case AUTO -> BlasProvider.best();
          case PLAIN -> BlasProvider.plain();
        };
    if (provider.fallbackReason() != null) {
      log.warn(
          "Plain Java computes the matrix products, some 20 times slower than OpenBLAS: {}",
          provider.fallbackReason());
    }
    return provider;
  }

  @Bean
  Products products(BlasProvider provider) {
    return new Products(provider.blas());
  }

  @Bean
  @Order(3)
  SystemFact workers(JobProperties jobs) {
    return new SystemFact("workers", Integer.toString(jobs.workerThreads()));
  }

  @Bean
  @Order(4)
  SystemFact blas(BlasProvider provider) {
    return new SystemFact("blas", provider.blas().description());
  }
}
