package dev.backprop.bench.peers;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.Adam;
import dev.backprop.core.train.BatchSize;
import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.Examples;
import dev.backprop.core.train.Schedule;
import dev.backprop.core.train.Sgd;
import dev.backprop.core.train.StopReason;
import dev.backprop.core.train.Trainer;
import dev.backprop.core.train.TrainingMonitor;
import dev.backprop.core.train.TrainingSpec;
import dev.backprop.job.SharedProducts;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// This project's trainer as a contestant, without the pass over all rows by which it makes sure of
/// the best parameters after the last epoch. Arguments: the directory and the threads.
public final class Ours {

  private Ours() {}

  /// Trains the workload of a directory.
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    Workload workload = Workload.read(directory);
    NetworkSpec network = workload.network();
    Examples examples =
        new Examples(
            matrix(directory.resolve("x.f32"), network.inputs()),
            matrix(directory.resolve("y.f32"), network.outputs()));
    Parameters initial = new Parameters(network, Workload.numbers(directory.resolve("theta.f32")));
    Products products =
        SharedProducts.of(new Products(BlasProvider.best().blas()), Integer.parseInt(args[1]));
    Contest.run(
        workload,
        () -> {
          LastEpoch monitor = new LastEpoch();
          new Trainer(spec(workload), initial, examples, null, products).train(monitor);
          return monitor.end;
        });
  }

  private static TrainingSpec spec(Workload workload) {
    return new TrainingSpec(
        workload.loss().equals("meanSquaredError")
            ? new Loss.MeanSquaredError()
            : new Loss.CategoricalCrossEntropy(),
        workload.optimizer().equals("adam")
            ? new Adam(workload.learningRate())
            : new Sgd(workload.learningRate()),
        new Schedule.Constant(),
        workload.epochs(),
        workload.batch() == workload.rows()
            ? new BatchSize.Full()
            : new BatchSize.Rows(workload.batch()),
        false,
        1,
        null);
  }

  private static Matrix matrix(Path file, int columns) throws IOException {
    float[] numbers = Workload.numbers(file);
    return new Matrix(numbers, 0, numbers.length / columns, columns);
  }

  private static final class LastEpoch implements TrainingMonitor {

    private Contest.End end = Contest.End.now(Double.NaN);

    @Override
    public @Nullable StopReason stopRequested() {
      return null;
    }

    @Override
    public void epochEnded(EpochReport report) {
      end = Contest.End.now(report.trainingLoss());
    }
  }
}
