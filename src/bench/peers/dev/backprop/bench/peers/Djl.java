package dev.backprop.bench.peers;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// DJL with PyTorch's native library as a contestant.
public final class Djl {

  private Djl() {}

  /// Trains the workload of a directory.
  public static void main(String[] args) throws IOException {
    System.setProperty("ai.djl.pytorch.num_threads", args[1]);
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    System.setProperty("ai.djl.offline", "true");
    Path directory = Path.of(args[0]);
    Workload workload = Workload.read(directory);
    try (NDManager manager = NDManager.newBaseManager(null, Engine.getDefaultEngineName())) {
      NDArray x = matrix(manager, directory.resolve("x.f32"), workload.units().getFirst());
      NDArray y = matrix(manager, directory.resolve("y.f32"), workload.units().getLast());
      float[] theta = Workload.numbers(directory.resolve("theta.f32"));
      Contest.run(workload, () -> train(workload, theta, x, y));
    }
  }

  private static NDArray matrix(NDManager manager, Path file, int columns) throws IOException {
    float[] numbers = Workload.numbers(file);
    return manager.create(numbers, new Shape(numbers.length / columns, columns));
  }

  private static Contest.End train(Workload workload, float[] theta, NDArray x, NDArray y) {
    boolean squares = workload.loss().equals("meanSquaredError");
    // a weight of 1 makes the L2 loss the mean square
    Loss loss =
        squares
            ? Loss.l2Loss("loss", 1)
            : Loss.softmaxCrossEntropyLoss("loss", 1, -1, false, true);
    Tracker rate = Tracker.fixed((float) workload.learningRate());
    Optimizer optimizer =
        workload.optimizer().equals("adam")
            ? Optimizer.adam().optLearningRateTracker(rate).build()
            : Optimizer.sgd().setLearningRateTracker(rate).build();
    try (Model model = Model.newInstance("peer")) {
      model.setBlock(block(workload));
      try (Trainer trainer =
          model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(optimizer))) {
        trainer.initialize(new Shape(workload.batch(), workload.units().getFirst()));
        set(workload, theta, model);
        double sum = 0;
        for (int epoch = 0; epoch < workload.epochs(); epoch++) {
          sum = 0;
          for (int from = 0; from < workload.rows(); from += workload.batch()) {
            int to = Math.min(workload.rows(), from + workload.batch());
            sum += step(trainer, loss, x, y, from, to) * (to - from);
          }
        }
        return Contest.End.now(sum / workload.rows());
      }
    }
  }

  private static double step(Trainer trainer, Loss loss, NDArray x, NDArray y, int from, int to) {
    try (NDManager step = trainer.getManager().newSubManager()) {
      NDArray inputs = x.get(step, new NDIndex("{}:{}", from, to));
      NDArray targets = y.get(step, new NDIndex("{}:{}", from, to));
      float value;
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDList outputs = trainer.forward(new NDList(inputs));
        outputs.attach(step);
        NDArray batchLoss = loss.evaluate(new NDList(targets), outputs);
        batchLoss.attach(step);
        gradients.backward(batchLoss);
        value = batchLoss.getFloat();
      }
      trainer.step();
      return value;
    }
  }

  private static SequentialBlock block(Workload workload) {
    SequentialBlock block = new SequentialBlock();
    for (int layer = 0; layer < workload.activations().size(); layer++) {
      block.add(Linear.builder().setUnits(workload.units().get(layer + 1)).build());
      switch (workload.activations().get(layer)) {
        case "relu" -> block.add(Activation::relu);
        case "tanh" -> block.add(Activation::tanh);
        case "sigmoid" -> block.add(Activation::sigmoid);
        default -> {}
      }
    }
    return block;
  }

  /// W is units × inputs in DJL.
  private static void set(Workload workload, float[] theta, Model model) {
    List<Parameter> parameters = model.getBlock().getParameters().values();
    int at = 0;
    for (int layer = 0; layer < workload.activations().size(); layer++) {
      int inputs = workload.units().get(layer);
      int units = workload.units().get(layer + 1);
      float[] w = Arrays.copyOfRange(theta, at, at + inputs * units);
      float[] b = Arrays.copyOfRange(theta, at + w.length, at + w.length + units);
      NDArray weights = parameters.get(2 * layer).getArray();
      try (NDArray given = weights.getManager().create(w, new Shape(inputs, units));
          NDArray turned = given.transpose()) {
        turned.copyTo(weights);
      }
      parameters.get(2 * layer + 1).getArray().set(b);
      at += w.length + units;
    }
  }
}
