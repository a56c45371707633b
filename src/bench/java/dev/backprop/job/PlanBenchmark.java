package dev.backprop.job;

import dev.backprop.core.linalg.Blas;
import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.StopReason;
import dev.backprop.core.train.Trainer;
import dev.backprop.core.train.TrainingMonitor;
import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/// What plans say of the workloads W1 to W3, and what the same jobs then take.
///
/// `./mvnw -Pbench test-compile exec:exec -Dbench.main=dev.backprop.job.PlanBenchmark`
public final class PlanBenchmark {

  private static final int ROUNDS = 3;

  private static final String REGRESSION =
      """
      "network": {"hidden": [{"units": 64}, {"units": 32}]},
      "training": {"optimizer": {"type": "adam"}, "batchSize": 32, "epochs": %d}""";

  private static final String DIGITS =
      """
      "network": {"hidden": [{"units": 128}]},
      "training": {"optimizer": {"type": "sgd", "learningRate": 0.01}, "batchSize": 64,
        "epochs": %d}""";

  private static final String WIDE =
      """
      "network": {"hidden": [{"units": 1024}, {"units": 1024}]},
      "training": {"optimizer": {"type": "adam"}, "batchSize": 256, "epochs": %d}""";

  private final FakeDatasets datasets = new FakeDatasets();
  private final FakeModels models = new FakeModels();
  private final JobPlanner planner =
      JobService.planner(datasets, models, JobService.properties(10));
  private final Blas best = BlasProvider.best().blas();
  private final Helpers helpers = new Helpers(1);

  private PlanBenchmark() {}

  /// Prints a table.
  public static void main(String[] args) {
    System.out.println(
        "workload  seconds an epoch: planned, real, difference   bytes: planned, real, difference");
    PlanBenchmark benchmark = new PlanBenchmark();
    benchmark.compare("W1", columns(10_000, 20, 0), REGRESSION, 40);
    benchmark.compare("W2", columns(60_000, 784, 10), DIGITS, 3);
    benchmark.compare("W3", columns(2_560, 1024, 10), WIDE, 4);
    benchmark.helpers.close();
  }

  private void compare(String name, List<Column> columns, String settings, int epochs) {
    Dataset data = new Dataset("ds_" + name, name, columns, Instant.EPOCH);
    datasets.save(data);
    Calibration calibration =
        new Calibration(new Products(best), helpers, System::nanoTime, () -> 1L << 40);
    PreparedJob job = prepare(data, settings, epochs);
    double[] plannedSeconds = new double[ROUNDS];
    double[] realSeconds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      Double planned = calibration.secondsPerEpoch(job);
      plannedSeconds[round] = planned == null ? Double.NaN : planned;
      realSeconds[round] = secondsPerEpoch(job);
    }
    double seconds = median(plannedSeconds);
    double real = median(realSeconds);
    double bytes = JobLimits.memory(job.network(), job.training(), data.rows(), data.rows());
    long used = bytes(prepare(data, settings, 1));
    System.out.printf(
        Locale.ROOT,
        "%-8s %12.6f %12.6f %+7.1f %% %16.0f %14d %+7.1f %%%n",
        name,
        seconds,
        real,
        100 * (seconds / real - 1),
        bytes,
        used,
        100 * (bytes / used - 1));
    datasets.delete(data.id());
  }

  private PreparedJob prepare(Dataset data, String settings, int epochs) {
    String spec = "{\"dataset\": {\"id\": \"%s\"}, %s}".formatted(data.id(), settings);
    return planner.prepare(SpecReader.read(spec.formatted(epochs)));
  }

  private static double median(double[] numbers) {
    Arrays.sort(numbers);
    return numbers[numbers.length / 2];
  }

  /// Of a whole training, from its first step to the end of its last epoch.
  private double secondsPerEpoch(PreparedJob job) {
    Trainer trainer =
        new Trainer(
            job.training(),
            job.startingParameters(),
            job.trainingRows().encode(job.preprocessor()),
            null,
            job.scoring(),
            new Products(best));
    long start = System.nanoTime();
    long[] end = new long[1];
    trainer.train(
        new TrainingMonitor() {
          @Override
          public @Nullable StopReason stopRequested() {
            return null;
          }

          @Override
          public void epochEnded(EpochReport report) {
            end[0] = System.nanoTime();
          }
        });
    return (end[0] - start) / 1e9 / job.training().epochs();
  }

  private void train(PreparedJob prepared, Blas blas) {
    Job job = new Job("job_1", prepared, InstantSource.system(), 100);
    TrainingRun.Tools tools =
        new TrainingRun.Tools(
            new Products(blas),
            helpers,
            models,
            new JobMetrics(new SimpleMeterRegistry()),
            Clock.systemUTC(),
            System::nanoTime,
            "bench");
    new TrainingRun(job, prepared, tools, ModelShelf.of(models), Callers.ANONYMOUS).run();
    if (job.status() != JobStatus.SUCCEEDED) {
      throw new IllegalStateException(job.view(null).toString());
    }
  }

  /// The most that is alive in some fifty moments of a training.
  private long bytes(PreparedJob prepared) {
    HeapMeter counter = new HeapMeter(best, Integer.MAX_VALUE);
    train(prepared, counter);
    HeapMeter meter = new HeapMeter(best, Math.max(1, counter.calls / 50));
    long before = HeapMeter.used();
    train(prepared, meter);
    return meter.most - before;
  }

  /// Looks at the heap in every so many products.
  private static final class HeapMeter implements Blas {

    private final Blas blas;
    private final int every;
    private int calls;
    private long most;

    HeapMeter(Blas blas, int every) {
      this.blas = blas;
      this.every = every;
    }

    /// Bytes of all live objects. G1 gives large arrays whole regions, up to twice as much.
    static long used() {
      try {
        String histogram =
            (String)
                ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        String[] total = histogram.strip().split("\\s+", -1);
        return Long.parseLong(total[total.length - 1]);
      } catch (JMException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void multiply(Tile tile, float[] a, float[] b, float[] c) {
      calls++;
      if (calls % every == 0) {
        most = Math.max(most, used());
      }
      blas.multiply(tile, a, b, c);
    }

    @Override
    public String description() {
      return blas.description();
    }
  }

  /// Random numbers, and a target of numbers or of so many classes.
  private static List<Column> columns(int rows, int features, int classes) {
    SplitMix64 random = new SplitMix64(1);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < features; i++) {
      columns.add(new NumberColumn("x" + i, numbers(rows, random)));
    }
    columns.add(
        classes == 0
            ? new NumberColumn("y", numbers(rows, random))
            : new CategoryColumn(
                "y",
                IntStream.range(0, classes).mapToObj(i -> "class " + i).toList(),
                IntStream.range(0, rows).map(_ -> random.nextInt(classes)).toArray()));
    return columns;
  }

  private static float[] numbers(int rows, SplitMix64 random) {
    float[] numbers = new float[rows];
    for (int i = 0; i < rows; i++) {
      numbers[i] = (float) random.nextDouble();
    }
    return numbers;
  }
}
