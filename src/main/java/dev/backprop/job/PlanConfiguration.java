package dev.backprop.job;

import dev.backprop.core.linalg.Products;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.intake.DatasetFactory;
import dev.backprop.job.webhook.WebhookTargets;
import dev.backprop.model.ModelRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the planning of jobs together.
@Configuration(proxyBeanMethods = false)
class PlanConfiguration {

  @Bean
  PlanService planService(
      DatasetRepository datasets,
      DatasetFactory factory,
      ModelRepository models,
      WebhookTargets webhooks,
      JobProperties properties,
      JobOperator operator,
      QueueForecast forecast,
      Products products,
      Helpers helpers) {
    return new PlanService(
        new JobPlanner(new UnstoredDatasets(datasets), factory, models, webhooks, properties),
        operator,
        forecast,
        new Calibration(products, helpers, System::nanoTime, PlanConfiguration::freeMemory),
        new Baselines(products, System::nanoTime));
  }

  /// What the heap may still grow by, and what is free of it.
  private static long freeMemory() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }
}
