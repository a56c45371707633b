package dev.backprop.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import smile.model.mlp.Layer;
import smile.model.mlp.LayerBuilder;
import smile.model.mlp.MultilayerPerceptron;
import smile.model.mlp.OutputFunction;
import smile.tensor.Vector;
import smile.util.function.TimeFunction;

/// Smile with the OpenBLAS of the system as a contestant in W0 and W2: it has no Adam.
public final class Smile {

  private Smile() {}

  /// Trains the workload of a directory.
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    Workload workload = Workload.read(directory);
    if (!workload.optimizer().equals("sgd")) {
      System.out.println("Smile has no such optimizer");
      return;
    }
    double[][] x = rows(directory.resolve("x.f32"), workload.units().getFirst());
    double[][] y = rows(directory.resolve("y.f32"), workload.units().getLast());
    float[] theta = Workload.numbers(directory.resolve("theta.f32"));
    Contest.run(workload, () -> train(workload, theta, x, y));
  }

  private static double[][] rows(Path file, int columns) throws IOException {
    float[] numbers = Workload.numbers(file);
    double[][] rows = new double[numbers.length / columns][columns];
    for (int i = 0; i < numbers.length; i++) {
      rows[i / columns][i % columns] = numbers[i];
    }
    return rows;
  }

  private static Contest.End train(Workload workload, float[] theta, double[][] x, double[][] y) {
    try (Network network = new Network(workload, theta)) {
      double sum = 0;
      for (int epoch = 0; epoch < workload.epochs(); epoch++) {
        sum = 0;
        for (int from = 0; from < workload.rows(); from += workload.batch()) {
          int to = Math.min(workload.rows(), from + workload.batch());
          sum += network.step(Arrays.copyOfRange(x, from, to), Arrays.copyOfRange(y, from, to));
        }
      }
      return Contest.End.now(sum / workload.rows());
    }
  }

  /// Steps as the MLPs of Smile's classification and regression do, and adds up the losses, which
  /// those do not tell.
  private static final class Network extends MultilayerPerceptron {

    private static final long serialVersionUID = 1;

    private final boolean squares;

    Network(Workload workload, float[] theta) {
      super(layers(workload));
      squares = workload.loss().equals("meanSquaredError");
      // its gradient is that of half the squares
      setLearningRate(TimeFunction.constant((squares ? 2 : 1) * workload.learningRate()));
      List<Layer> layers = new ArrayList<>(List.of(net).subList(1, net.length));
      layers.add(output);
      int at = 0;
      for (Layer layer : layers) {
        at = set(layer, theta, at);
      }
    }

    private static Layer[] layers(Workload workload) {
      List<LayerBuilder> builders = new ArrayList<>();
      builders.add(Layer.input(workload.units().getFirst()));
      int last = workload.activations().size() - 1;
      for (int layer = 0; layer < last; layer++) {
        builders.add(
            Layer.builder(
                workload.activations().get(layer), workload.units().get(layer + 1), 0, Double.NaN));
      }
      int outputs = workload.units().getLast();
      builders.add(
          workload.loss().equals("meanSquaredError")
              ? Layer.mse(outputs, OutputFunction.SIGMOID)
              : Layer.mle(outputs, OutputFunction.SOFTMAX));
      Layer[] layers = new Layer[builders.size()];
      for (int i = 0; i < layers.length; i++) {
        layers[i] = builders.get(i).build(i == 0 ? 0 : builders.get(i - 1).neurons());
      }
      return layers;
    }

    /// W is units × inputs in Smile.
    private static int set(Layer layer, float[] theta, int from) {
      int at = from;
      for (int input = 0; input < layer.getInputSize(); input++) {
        for (int unit = 0; unit < layer.getOutputSize(); unit++) {
          layer.weight().set(unit, input, theta[at++]);
        }
      }
      for (int unit = 0; unit < layer.getOutputSize(); unit++) {
        layer.bias().set(unit, theta[at++]);
      }
      return at;
    }

    double step(double[][] x, double[][] y) {
      double sum = 0;
      for (int row = 0; row < x.length; row++) {
        propagate(vector(x[row]), true);
        Vector wanted = target.get();
        for (int unit = 0; unit < y[row].length; unit++) {
          wanted.set(unit, y[row][unit]);
        }
        sum += loss(y[row]);
        backpropagate(false);
      }
      update(x.length);
      t++;
      return sum;
    }

    private double loss(double[] wanted) {
      double loss = 0;
      for (int unit = 0; unit < wanted.length; unit++) {
        double predicted = output.output().get(unit);
        if (squares) {
          loss += (predicted - wanted[unit]) * (predicted - wanted[unit]) / wanted.length;
        } else if (wanted[unit] > 0) {
          loss -= wanted[unit] * Math.log(predicted);
        }
      }
      return loss;
    }
  }
}
