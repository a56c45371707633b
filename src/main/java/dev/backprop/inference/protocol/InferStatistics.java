package dev.backprop.inference.protocol;

import dev.backprop.model.Model;
import dev.backprop.model.ModelRepository;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// What was inferred by the Open Inference Protocol since the server started, by version.
@Component
class InferStatistics {

  private final Map<Version, Counters> counters = new ConcurrentHashMap<>();
  private final ModelRepository models;
  private final Clock clock;

  InferStatistics(ModelRepository models, Clock clock) {
    this.models = models;
    this.clock = clock;
  }

  private record Version(String name, int number) {

    static Version of(Model model) {
      return new Version(model.name(), model.version());
    }
  }

  /// Nanoseconds that the parts of one inference took.
  record Parts(long input, long infer, long output) {

    static final Parts NONE = new Parts(0, 0, 0);

    Parts plus(Parts more) {
      return new Parts(input + more.input, infer + more.infer, output + more.output);
    }

    long all() {
      return input + infer + output;
    }
  }

  /// Inferences of one batch size.
  private record Batches(long count, Parts parts) {

    static final Batches NONE = new Batches(0, Parts.NONE);

    Batches plus(Batches more) {
      return new Batches(count + more.count, parts.plus(more.parts));
    }
  }

  private static final class Counters {

    private final Map<Integer, Batches> byRows = new TreeMap<>();
    private long last;
    private long rows;
    private long failures;
    private long failing;

    synchronized void add(int batch, Parts parts, long time) {
      byRows.merge(batch, new Batches(1, parts), Batches::plus);
      rows += batch;
      last = time;
    }

    synchronized void addFailure(long nanoseconds) {
      failures++;
      failing += nanoseconds;
    }

    synchronized ModelStatistics snapshot(Model model) {
      Batches all = byRows.values().stream().reduce(Batches.NONE, Batches::plus);
      Parts parts = all.parts();
      long count = all.count();
      return new ModelStatistics(
          model.name(),
          Integer.toString(model.version()),
          last,
          rows,
          count,
          new ModelStatistics.Inference(
              new ModelStatistics.Duration(count, parts.all()),
              new ModelStatistics.Duration(failures, failing),
              new ModelStatistics.Duration(count, 0),
              new ModelStatistics.Duration(count, parts.input()),
              new ModelStatistics.Duration(count, parts.infer()),
              new ModelStatistics.Duration(count, parts.output())),
          byRows.entrySet().stream().map(Counters::batch).toList());
    }

    private static ModelStatistics.Batch batch(Map.Entry<Integer, Batches> size) {
      long count = size.getValue().count();
      Parts parts = size.getValue().parts();
      return new ModelStatistics.Batch(
          size.getKey(),
          new ModelStatistics.Duration(count, parts.input()),
          new ModelStatistics.Duration(count, parts.infer()),
          new ModelStatistics.Duration(count, parts.output()));
    }
  }

  /// Counts an inference of so many rows.
  void succeeded(Model model, int rows, Parts parts) {
    counters(model).add(rows, parts, clock.millis());
  }

  /// Counts an inference that ended with an error.
  void failed(Model model, long nanoseconds) {
    counters(model).addFailure(nanoseconds);
  }

  /// The counts of some versions.
  List<ModelStatistics> of(List<Model> versions) {
    return versions.stream()
        .map(model -> counters.getOrDefault(Version.of(model), new Counters()).snapshot(model))
        .toList();
  }

  private Counters counters(Model model) {
    Version version = Version.of(model);
    Counters known = counters.get(version);
    if (known != null) {
      return known;
    }
    // a new version is a good time to forget those that are gone
    counters.keySet().removeIf(v -> models.find(v.name(), v.number()).isEmpty());
    return counters.computeIfAbsent(version, _ -> new Counters());
  }
}
