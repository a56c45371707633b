package dev.backprop.job;

import dev.backprop.core.linalg.Products;
import dev.backprop.job.event.EventLogs;
import dev.backprop.job.webhook.Webhooks;
import dev.backprop.model.ModelProperties;
import dev.backprop.model.ModelRepository;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.models.media.Schema;
import java.time.Clock;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the job service together.
@Configuration(proxyBeanMethods = false)
class JobConfiguration {

  private static final String UNKNOWN_VERSION = "unknown";

  @Bean
  TrainingPool trainingPool(JobProperties properties, MeterRegistry registry) {
    TrainingPool pool = new TrainingPool(properties.workerThreads(), properties.queueCapacity());
    Gauge.builder("backprop.jobs.queued", pool, p -> p.queued().size())
        .description("Jobs that wait")
        .register(registry);
    Gauge.builder("backprop.jobs.running", pool, TrainingPool::running)
        .description("Jobs that train")
        .register(registry);
    Gauge.builder("backprop.jobs.workers", pool, TrainingPool::workers)
        .description("Threads that train")
        .register(registry);
    return pool;
  }

  @Bean
  Helpers helpers(JobProperties properties) {
    return new Helpers(properties.allThreads());
  }

  @Bean
  JobOperator jobOperator(
      JobPlanner planner,
      JobRepository jobs,
      TrainingPool pool,
      Products products,
      Helpers helpers,
      ModelRepository models,
      Webhooks webhooks,
      MeterRegistry registry,
      Clock clock,
      ObjectProvider<BuildProperties> build,
      JobProperties properties,
      ModelProperties modelProperties) {
    BuildProperties known = build.getIfAvailable();
    String version = known == null ? null : known.getVersion();
    return new JobOperator(
        planner,
        jobs,
        pool,
        new TrainingRun.Tools(
            products,
            helpers,
            models,
            new JobMetrics(registry),
            clock,
            System::nanoTime,
            version == null ? UNKNOWN_VERSION : version),
        webhooks,
        properties,
        modelProperties);
  }

  @Bean
  EventLogs eventLogs(JobOperator operator) {
    return id -> operator.find(id).events();
  }

  @Bean
  JobShutdown jobShutdown(JobOperator operator) {
    return new JobShutdown(operator);
  }

  /// Shows the table of losses in the OpenAPI document.
  @Bean
  OpenApiCustomizer lossTable() {
    return document -> {
      Schema<?> settings = document.getComponents().getSchemas().get("TrainingSettings");
      Schema<?> loss = settings == null ? null : settings.getProperties().get("loss");
      if (loss != null) {
        loss.setDescription(
            loss.getDescription()
                + "\nWhat works with what; where the output or the loss is left out, it is the first"
                + " that fits:\n\n"
                + LossTable.markdown());
      }
    };
  }
}
