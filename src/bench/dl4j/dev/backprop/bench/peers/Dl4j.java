package dev.backprop.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// DL4J with its own native library and OpenBLAS as a contestant, in a build of its own. The
/// batches are cut before the time is taken.
public final class Dl4j {

  private Dl4j() {}

  /// Trains the workload of a directory.
  public static void main(String[] args) throws IOException {
    int threads = Integer.parseInt(args[1]);
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Path directory = Path.of(args[0]);
    Workload workload = Workload.read(directory);
    List<DataSet> batches =
        batches(
            workload,
            matrix(directory.resolve("x.f32"), workload.units().getFirst()),
            matrix(directory.resolve("y.f32"), workload.units().getLast()));
    float[] theta = Workload.numbers(directory.resolve("theta.f32"));
    Contest.run(workload, () -> train(workload, theta, batches));
  }

  private static INDArray matrix(Path file, int columns) throws IOException {
    float[] numbers = Workload.numbers(file);
    return Nd4j.createFromArray(numbers).reshape('c', numbers.length / columns, columns);
  }

  private static List<DataSet> batches(Workload workload, INDArray x, INDArray y) {
    List<DataSet> batches = new ArrayList<>();
    for (int from = 0; from < workload.rows(); from += workload.batch()) {
      int to = Math.min(workload.rows(), from + workload.batch());
      batches.add(
          new DataSet(
              x.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()).dup('c'),
              y.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()).dup('c')));
    }
    return batches;
  }

  private static Contest.End train(Workload workload, float[] theta, List<DataSet> batches) {
    MultiLayerNetwork network = network(workload);
    set(workload, theta, network);
    double sum = 0;
    for (int epoch = 0; epoch < workload.epochs(); epoch++) {
      sum = 0;
      for (DataSet batch : batches) {
        network.fit(batch);
        // of the parameters before the step, which computes it in any case
        sum += network.score() * batch.numExamples();
      }
    }
    Contest.End end = Contest.End.now(sum / workload.rows());
    network.close();
    return end;
  }

  private static MultiLayerNetwork network(Workload workload) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().updater(updater(workload)).list();
    int last = workload.activations().size() - 1;
    for (int layer = 0; layer < last; layer++) {
      layers.layer(
          new DenseLayer.Builder()
              .nIn(workload.units().get(layer))
              .nOut(workload.units().get(layer + 1))
              .activation(activation(workload.activations().get(layer)))
              .build());
    }
    layers.layer(
        new OutputLayer.Builder(
                workload.loss().equals("meanSquaredError") ? LossFunction.MSE : LossFunction.MCXENT)
            .nIn(workload.units().get(last))
            .nOut(workload.units().get(last + 1))
            .activation(activation(workload.activations().get(last)))
            .build());
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return network;
  }

  private static IUpdater updater(Workload workload) {
    return workload.optimizer().equals("adam")
        ? new Adam(workload.learningRate())
        : new Sgd(workload.learningRate());
  }

  private static Activation activation(String name) {
    return switch (name) {
      case "relu" -> Activation.RELU;
      case "sigmoid" -> Activation.SIGMOID;
      case "tanh" -> Activation.TANH;
      case "softmax" -> Activation.SOFTMAX;
      case "linear" -> Activation.IDENTITY;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static void set(Workload workload, float[] theta, MultiLayerNetwork network) {
    int at = 0;
    for (int layer = 0; layer < workload.activations().size(); layer++) {
      int inputs = workload.units().get(layer);
      int units = workload.units().get(layer + 1);
      float[] w = Arrays.copyOfRange(theta, at, at + inputs * units);
      float[] b = Arrays.copyOfRange(theta, at + w.length, at + w.length + units);
      network.setParam(layer + "_W", Nd4j.createFromArray(w).reshape('c', inputs, units));
      network.setParam(layer + "_b", Nd4j.createFromArray(b).reshape('c', 1, units));
      at += w.length + units;
    }
  }
}
