package dev.backprop.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import org.encog.engine.network.activation.ActivationSigmoid;
import org.encog.ml.data.MLDataSet;
import org.encog.ml.data.basic.BasicMLDataSet;
import org.encog.neural.networks.BasicNetwork;
import org.encog.neural.networks.layers.BasicLayer;
import org.encog.neural.networks.training.propagation.back.Backpropagation;

/// Encog as a contestant: W0 alone, where it is the fastest peer. It has plain backpropagation and
/// momentum, neither Adam nor softmax with cross-entropy.
public final class Encog {

  private Encog() {}

  /// Trains the workload of a directory.
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    Workload workload = Workload.read(directory);
    if (!workload.name().equals("W0")) {
      System.out.println("Encog has no such training");
      return;
    }
    float[] theta = Workload.numbers(directory.resolve("theta.f32"));
    MLDataSet data =
        new BasicMLDataSet(
            new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}, new double[][] {{0}, {1}, {1}, {0}});
    Contest.run(workload, () -> train(workload, theta, data));
  }

  private static Contest.End train(Workload workload, float[] theta, MLDataSet data) {
    BasicNetwork network = new BasicNetwork();
    network.addLayer(new BasicLayer(null, true, 2));
    network.addLayer(new BasicLayer(new ActivationSigmoid(), true, 2));
    network.addLayer(new BasicLayer(new ActivationSigmoid(), false, 1));
    network.getStructure().finalizeStructure();
    network.reset();
    for (int from = 0; from < 2; from++) {
      for (int to = 0; to < 2; to++) {
        network.setWeight(0, from, to, theta[2 * from + to]);
      }
      network.setWeight(0, 2, from, theta[4 + from]);
      network.setWeight(1, from, 0, theta[6 + from]);
    }
    network.setWeight(1, 2, 0, theta[8]);
    // its gradient is that of half the sum of squares: 2/4 of the rate makes it the mean's
    Backpropagation training =
        new Backpropagation(network, data, workload.learningRate() * 2 / workload.rows(), 0);
    training.setThreadCount(1);
    training.fixFlatSpot(false);
    for (int epoch = 0; epoch < workload.epochs(); epoch++) {
      training.iteration();
    }
    Contest.End end = Contest.End.now(training.getError());
    training.finishTraining();
    return end;
  }
}
