package dev.backprop.system.openapi;

import dev.backprop.dataset.generator.Generator;
import dev.backprop.model.spec.OptimizerSettings;
import dev.backprop.model.spec.ScheduleSettings;
import dev.backprop.search.SearchDimension;
import dev.backprop.search.SearchStrategy;
import dev.backprop.system.security.SecurityProperties;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/// The frame of the OpenAPI document; the operations come from the controllers.
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  private static final String KEY = "key";

  private static final String DESCRIPTION =
      """
      Trains multilayer perceptrons by backpropagation and serves them.

      **In one minute:** open *POST /api/v1/jobs* below and press *Execute*: its example trains the
      tutorial's XOR network, 2-2-1 sigmoid, for 10,000 epochs. Then ask it with
      *POST /api/v1/models/{name}/predict*. Or, from a shell:

      ```
      curl -H 'Prefer: wait=10' -H 'Content-Type: application/json' localhost:8080/api/v1/jobs -d '{
        "name": "xor", "dataset": {"generator": {"type": "xor"}},
        "network": {"hidden": [{"units": 4, "activation": "tanh"}]},
        "training": {"optimizer": {"type": "adam", "learningRate": 0.05}}}'
      curl -H 'Content-Type: application/json' localhost:8080/api/v1/models/xor/predict -d '{
        "inputs": [[0, 0], [0, 1], [1, 0], [1, 1]]}'
      ```

      Only `dataset` is required; every default is filled in and echoed under `spec`. Errors are
      [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) problems that name every place at fault;
      [their types](/problems) have pages of their own. Times are RFC 3339 in UTC. Every answer has
      a `Request-Id`, which the server's log has too: the caller's own (`Request-Id`, `X-Request-Id`
      or the trace of a `traceparent`; up to 128 of the characters `A-Z a-z 0-9 . _ ~ : / + = @ -`),
      else a new one.
      """;

  @Bean
  OpenAPI document(ObjectProvider<BuildProperties> build, SecurityProperties security) {
    BuildProperties properties = build.getIfAvailable();
    Components components =
        new Components()
            .addSchemas(ProblemSchemas.ERROR, ProblemSchemas.inputError())
            .addSchemas(ProblemSchemas.PROBLEM, ProblemSchemas.problem());
    OpenAPI document =
        new OpenAPI()
            .info(
                new Info()
                    .title("Backprop Server")
                    .description(DESCRIPTION)
                    .version(properties == null ? "development" : properties.getVersion()))
            // relative, so that "Try it out" works by whatever name the server was reached
            .servers(List.of(new Server().url("/").description("This server")))
            .components(components);
    if (security.hasKeys()) {
      components.addSecuritySchemes(
          KEY, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"));
      document.addSecurityItem(new SecurityRequirement().addList(KEY));
    }
    return document;
  }

  @Bean
  OperationCustomizer problemResponses(SecurityProperties security) {
    return new ProblemResponses(security.hasKeys());
  }

  @Bean
  OperationCustomizer idempotencyKeys() {
    return new IdempotencyKeys();
  }

  @Bean
  OpenApiCustomizer readingOrder() {
    return new ReadingOrder();
  }

  @Bean
  @Order(0)
  OpenApiCustomizer operationIds() {
    return new OperationIds();
  }

  @Bean
  @Order(1)
  OpenApiCustomizer forGenerators() {
    return new ForGenerators();
  }

  @Bean
  OpenApiCustomizer numericDefaults() {
    return new NumericDefaults();
  }

  @Bean
  OpenApiCustomizer variantNames() {
    return new VariantNames(
        List.of(
            OptimizerSettings.class,
            ScheduleSettings.class,
            Generator.class,
            SearchDimension.class,
            SearchStrategy.class));
  }

  @Bean
  BodySchemas bodySchemas() {
    return new BodySchemas();
  }
}
