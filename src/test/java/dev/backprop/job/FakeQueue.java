package dev.backprop.job;

import dev.backprop.core.linalg.PlainBlas;
import dev.backprop.core.linalg.Products;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// A queue without workers.
final class FakeQueue implements RunQueue {

  private static final Helpers HELPERS = new Helpers(1);

  private final List<TrainingRun> runs = new ArrayList<>();
  private final int capacity;

  FakeQueue(int capacity) {
    this.capacity = capacity;
  }

  /// A run that nobody is to start.
  static TrainingRun run(Job job, PreparedJob prepared) {
    FakeModels models = new FakeModels();
    return new TrainingRun(
        job,
        prepared,
        new TrainingRun.Tools(
            new Products(new PlainBlas()),
            HELPERS,
            models,
            new JobMetrics(new SimpleMeterRegistry()),
            Clock.fixed(JobService.NOW, ZoneOffset.UTC),
            () -> 0,
            "1.2.3"),
        ModelShelf.of(models),
        Callers.ANONYMOUS);
  }

  @Override
  public synchronized boolean offer(TrainingRun run) {
    return runs.size() < capacity && runs.add(run);
  }

  @Override
  public synchronized boolean remove(TrainingRun run) {
    return runs.remove(run);
  }

  synchronized List<TrainingRun> runs() {
    return List.copyOf(runs);
  }
}
