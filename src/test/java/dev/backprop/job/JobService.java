package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.Products;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.MemoryLimit;
import dev.backprop.dataset.intake.DatasetFactory;
import dev.backprop.job.webhook.WebhookTargetsTests;
import dev.backprop.model.ModelProperties;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.Bound;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.springframework.util.unit.DataSize;

/// The job service on fakes, with one worker and room for two jobs that wait.
final class JobService implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /// 16 rows, so that no product is too small for the gate.
  static final String DATASET =
      """
      "dataset": {"name": "sum", "rows": [
        {"a": 0, "b": 1, "y": 1}, {"a": 1, "b": 3, "y": 4}, {"a": 2, "b": 5, "y": 7},
        {"a": 3, "b": 7, "y": 10}, {"a": 4, "b": 9, "y": 13}, {"a": 5, "b": 2, "y": 7},
        {"a": 6, "b": 4, "y": 10}, {"a": 7, "b": 6, "y": 13}, {"a": 8, "b": 8, "y": 16},
        {"a": 9, "b": 1, "y": 10}, {"a": 1, "b": 2, "y": 3}, {"a": 2, "b": 4, "y": 6},
        {"a": 3, "b": 6, "y": 9}, {"a": 4, "b": 8, "y": 12}, {"a": 5, "b": 1, "y": 6},
        {"a": 6, "b": 3, "y": 9}]}
      """;

  /// Two mini-batches of 8 rows an epoch through 2-8-1: [#PRODUCTS_OF_A_BATCH] products each.
  static final String NETWORK =
      """
      "network": {"hidden": [{"units": 8}]}
      """;

  /// Two forward, two for the gradients of weights and one for those of the hidden layer's biases,
  /// one for the deltas. That of the output's bias is too small for the library.
  static final int PRODUCTS_OF_A_BATCH = 6;

  static final int PRODUCTS_OF_AN_EPOCH = 2 * PRODUCTS_OF_A_BATCH;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final FakeDatasets datasets = new FakeDatasets();
  final FakeModels models = new FakeModels();
  final GatedBlas blas = new GatedBlas();
  final Clock clock = CLOCK;
  final AtomicLong nanosPerLook = new AtomicLong(1);
  final Helpers helpers = new Helpers(3);
  final Speed speed = new Speed();
  final TrainingPool pool;
  final QueueForecast forecast;
  final JobRepository jobs;
  final JobPlanner planner;
  final TrainingRun.Tools tools;
  final JobOperator operator;
  private final AtomicLong nanos = new AtomicLong();

  JobService() {
    this(1_000, new MemoryLimit(1 << 20));
  }

  JobService(int retained, MemoryLimit modelMemory) {
    JobProperties properties = properties(retained);
    planner = planner(datasets, models, properties);
    jobs = new InMemoryJobRepository(properties);
    pool =
        new TrainingPool(
            TrainingPool.Limits.of(properties, 1),
            speed,
            () -> nanos.addAndGet(nanosPerLook.get()));
    forecast = new QueueForecast(pool, speed, clock);
    tools =
        new TrainingRun.Tools(
            new Products(blas),
            helpers,
            models,
            new JobMetrics(new SimpleMeterRegistry()),
            clock,
            () -> nanos.addAndGet(nanosPerLook.get()),
            "1.2.3");
    operator =
        new JobOperator(
            planner,
            jobs,
            pool,
            forecast,
            tools,
            (_, _, _) -> {},
            properties,
            new ModelProperties(modelMemory));
  }

  static JobProperties properties(int retained) {
    return new JobProperties(
        1,
        2,
        25_000_000,
        10_000_000,
        1e16,
        new MemoryLimit(1 << 30),
        20_000,
        retained,
        new MemoryLimit(1 << 30),
        Duration.ofSeconds(60),
        PATIENCE,
        64,
        null,
        10,
        new MemoryLimit(1 << 30),
        new MemoryLimit(1 << 30));
  }

  static JobPlanner planner(FakeDatasets datasets, JobProperties properties) {
    return planner(datasets, new FakeModels(), properties);
  }

  static JobPlanner planner(
      DatasetRepository datasets, FakeModels models, JobProperties properties) {
    return new JobPlanner(
        datasets,
        new DatasetFactory(
            new DatasetProperties(
                1_000_000,
                1_000,
                10_000_000,
                100,
                DataSize.ofMegabytes(1),
                new MemoryLimit(1 << 30),
                100),
            CLOCK),
        models,
        WebhookTargetsTests.off(),
        properties);
  }

  /// Submits a job on [#DATASET] with [#NETWORK].
  ///
  /// @param training the members of `training`
  Job submit(String training) {
    return submit(SpecReader.read(spec(training)));
  }

  /// Submits a job without a key.
  Job submit(Bound<JobSpec> spec) {
    return operator.submit(spec, Callers.ANONYMOUS);
  }

  /// The run of a job that is not in the queue.
  TrainingRun run(Job job, PreparedJob prepared, String caller) {
    TrainingRun run = new TrainingRun(job, prepared, tools, ModelShelf.of(models), caller);
    job.trainedBy(run);
    return run;
  }

  static String spec(String training) {
    return "{%s, %s, \"training\": {\"batchSize\": 8%s}}"
        .formatted(DATASET, NETWORK, training.isEmpty() ? "" : ", " + training);
  }

  /// A job that the worker has begun and that stands still after so many products.
  Job submitAndHoldAfter(int products, String training) {
    int before = blas.products();
    blas.shutAfter(products);
    Job job = submit(training);
    await().until(() -> blas.products() == before + products + 1);
    assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
    return job;
  }

  static JobView end(Job job) {
    try {
      assertThat(job.awaitEnd(PATIENCE)).as("the job ends").isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return job.view(null);
  }

  /// Looks often, because what tests wait for comes soon.
  static ConditionFactory await() {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1));
  }

  /// Waits until no data set is in use, which is after the end of the job that used it.
  void awaitThatAllLeasesAreClosedOnce() {
    await().until(() -> datasets.closed() >= datasets.opened());
    assertThat(datasets.closed()).as("closed leases").isEqualTo(datasets.opened());
  }

  @Override
  public void close() {
    blas.open();
    operator.shutDown();
    helpers.close();
  }
}
