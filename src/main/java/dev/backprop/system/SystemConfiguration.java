package dev.backprop.system;

import java.time.Clock;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// What does not belong to one feature: the clock, the servlet container, facts about the process.
@Configuration(proxyBeanMethods = false)
class SystemConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
    return factory ->
        factory.addContextCustomizers(
            context -> {
              if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemValve.class.getName());
              }
            });
  }

  /// Tomcat keeps what belonged to a connection for the next one, and with each of those the
  /// buffers of its last request, some 120 KB: after a thousand streams it kept them all.
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> buffersForPresentConnections() {
    return factory ->
        factory.addConnectorCustomizers(
            connector -> connector.setProperty("socket.bufferPool", "0"));
  }

  @Bean
  WebMvcRegistrations operations() {
    return new WebMvcRegistrations() {
      @Override
      public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new PathFirstMapping();
      }
    };
  }

  @Bean
  WebMvcConfigurer web() {
    return new WebMvcConfigurer() {
      @Override
      public void addFormatters(FormatterRegistry registry) {
        registry.addConverterFactory(new EnumParameters());
      }

      @Override
      public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/", "/swagger-ui.html");
      }
    };
  }

  @Bean
  @Order(0)
  SystemFact version(ObjectProvider<BuildProperties> build) {
    BuildProperties properties = build.getIfAvailable();
    String version = properties == null ? null : properties.getVersion();
    return new SystemFact("version", version == null ? "development" : version);
  }

  @Bean
  @Order(1)
  SystemFact java() {
    return new SystemFact("java", Runtime.version().toString());
  }

  @Bean
  @Order(2)
  SystemFact cores() {
    return new SystemFact("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
  }
}
