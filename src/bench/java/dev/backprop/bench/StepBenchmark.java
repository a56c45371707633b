package dev.backprop.bench;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.StopReason;
import dev.backprop.core.train.Trainer;
import dev.backprop.core.train.TrainingMonitor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// A step of each workload on one thread, the ends of epochs among them, in microseconds, and what
/// it allocates.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class StepBenchmark {

  /// As in the table of peers.
  @Param({"W0", "W1", "W2", "W3", "W4"})
  public String workload = "";

  /// Whether each epoch takes the rows in another order.
  @Param({"true", "false"})
  public boolean shuffle;

  private static final int STEPS = 100;

  private final Steps steps = new Steps();
  private @Nullable Trainer trainer;

  /// Runs it with JMH's allocation profiler.
  public static void main(String[] args) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(StepBenchmark.class.getName())
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }

  /// Prepares the training.
  @Setup
  public void prepare() {
    Workload chosen =
        switch (workload) {
          case "W0" -> Workload.xor();
          case "W1" -> Workload.regression();
          case "W2" -> Workload.digits(128, 10_000);
          case "W3" -> Workload.wide();
          case "W4" -> Workload.deep();
          default -> throw new IllegalArgumentException(workload);
        };
    trainer = chosen.endless(shuffle, new Products(BlasProvider.best().blas()));
  }

  /// Some steps.
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public void step() {
    steps.left = STEPS;
    if (trainer == null || trainer.trainOrPause(steps) != null) {
      throw new IllegalStateException("the training has ended");
    }
  }

  /// Pauses after some steps.
  private static final class Steps implements TrainingMonitor {

    private int left;

    @Override
    public @Nullable StopReason stopRequested() {
      return null;
    }

    @Override
    public boolean isPauseRequested() {
      return left-- == 0;
    }

    @Override
    public void epochEnded(EpochReport report) {}
  }
}
