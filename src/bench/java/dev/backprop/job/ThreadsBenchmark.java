package dev.backprop.job;

import dev.backprop.bench.Workload;
import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.train.TrainingOutcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Whole trainings on several threads, in milliseconds. Here, because the helpers are the job's.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class ThreadsBenchmark {

  /// Threads of the job.
  @Param({"1", "2"})
  public int threads;

  private final Workload digits = Workload.digits();
  private final Workload wide = Workload.wide();
  private Helpers helpers = new Helpers(1);
  private Products products = new Products(BlasProvider.best().blas());

  /// Starts the helpers.
  @Setup(Level.Trial)
  public void start() {
    helpers = new Helpers(threads);
    products = products.sharedAmong(helpers.crew(threads));
  }

  /// Ends them.
  @TearDown(Level.Trial)
  public void end() {
    helpers.close();
  }

  /// W2: see [Workload#digits].
  @Benchmark
  public TrainingOutcome w2Digits() {
    return digits.train(products);
  }

  /// W3: see [Workload#wide].
  @Benchmark
  public TrainingOutcome w3Wide() {
    return wide.train(products);
  }
}
