package dev.backprop.bench;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.train.TrainingOutcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Whole trainings on one thread, with the metrics of their tasks, in milliseconds.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class TrainingBenchmark {

  private final Products products = new Products(BlasProvider.best().blas());
  private final Workload xor = Workload.xor();
  private final Workload regression = Workload.regression();
  private final Workload digits = Workload.digits();

  /// W0: see [Workload#xor].
  @Benchmark
  public TrainingOutcome w0Xor() {
    return xor.train(products);
  }

  /// W1: see [Workload#regression].
  @Benchmark
  public TrainingOutcome w1Regression() {
    return regression.train(products);
  }

  /// W2: see [Workload#digits].
  @Benchmark
  public TrainingOutcome w2Digits() {
    return digits.train(products);
  }
}
