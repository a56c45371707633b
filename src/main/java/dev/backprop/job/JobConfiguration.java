package dev.backprop.job;

import dev.backprop.core.linalg.Products;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.intake.DatasetFactory;
import dev.backprop.job.event.EventLogs;
import dev.backprop.job.webhook.WebhookTargets;
import dev.backprop.job.webhook.Webhooks;
import dev.backprop.model.ModelProperties;
import dev.backprop.model.ModelRepository;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
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
  Speed speed() {
    return new Speed();
  }

  @Bean
  TrainingPool trainingPool(
      JobProperties properties, Callers callers, Speed speed, MeterRegistry registry) {
    TrainingPool pool =
        new TrainingPool(
            TrainingPool.Limits.of(properties, callers.count()), speed, System::nanoTime);
    Gauge.builder("backprop.jobs.queued", pool, TrainingPool::waiting)
        .description("Jobs that wait")
        .register(registry);
    Gauge.builder("backprop.jobs.running", pool, TrainingPool::running)
        .description("Jobs that train")
        .register(registry);
    Gauge.builder("backprop.jobs.running.memory", pool, TrainingPool::runningBytes)
        .description("Memory that the jobs that train need, as estimated")
        .baseUnit(BaseUnits.BYTES)
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
  QueueForecast queueForecast(TrainingPool pool, Speed speed, Clock clock) {
    return new QueueForecast(pool, speed, clock);
  }

  @Bean
  JobOperator jobOperator(
      JobPlanner planner,
      JobRepository jobs,
      TrainingPool pool,
      QueueForecast forecast,
      Products products,
      Helpers helpers,
      ModelRepository models,
      Webhooks webhooks,
      MeterRegistry registry,
      Clock clock,
      ObjectProvider<BuildProperties> build,
      JobProperties properties,
      ModelProperties modelProperties) {
    return new JobOperator(
        planner,
        jobs,
        pool,
        forecast,
        new TrainingRun.Tools(
            products,
            helpers,
            models,
            new JobMetrics(registry),
            clock,
            System::nanoTime,
            codeVersion(build)),
        webhooks,
        properties,
        modelProperties);
  }

  @Bean
  EventLogs eventLogs(JobOperator operator) {
    return id -> operator.find(id).events();
  }

  @Bean
  Verifier verifier(
      JobPlanner planner,
      JobOperator operator,
      JobRepository jobs,
      DatasetRepository datasets,
      ModelRepository models,
      ObjectProvider<BuildProperties> build) {
    return new Verifier(planner, operator, jobs, datasets, models, codeVersion(build));
  }

  private static String codeVersion(ObjectProvider<BuildProperties> build) {
    BuildProperties known = build.getIfAvailable();
    String version = known == null ? null : known.getVersion();
    return version == null ? UNKNOWN_VERSION : version;
  }

  @Bean
  Trials trials(
      JobOperator operator,
      JobPlanner planner,
      DatasetRepository datasets,
      DatasetFactory factory,
      ModelRepository models,
      WebhookTargets webhookTargets,
      JobProperties properties) {
    return new Trials(
        operator,
        planner,
        beside ->
            new JobPlanner(
                new UnstoredDatasets(datasets, beside),
                factory,
                models,
                webhookTargets,
                properties));
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
