package dev.backprop.bench.peers;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.NetworkSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// A training that all contestants do from the same data and the same parameters.
///
/// @param units inputs, then the units of each layer
/// @param activations of each layer
/// @param loss meanSquaredError or categoricalCrossEntropy
/// @param optimizer sgd or adam
/// @param rows of random data
/// @param batch rows of a mini-batch, in their order
/// @param repeats how often the training is done at least; the fastest counts
public record Workload(
    String name,
    List<Integer> units,
    List<String> activations,
    String loss,
    String optimizer,
    double learningRate,
    int rows,
    int batch,
    int epochs,
    int repeats) {

  private static final String SQUARES = "meanSquaredError";
  private static final String ENTROPY = "categoricalCrossEntropy";

  /// W0 to W4.
  static final List<Workload> ALL =
      List.of(
          new Workload(
              "W0",
              List.of(2, 2, 1),
              List.of("sigmoid", "sigmoid"),
              SQUARES,
              "sgd",
              0.2,
              4,
              4,
              10_000,
              40),
          new Workload(
              "W1",
              List.of(20, 64, 32, 1),
              List.of("relu", "relu", "linear"),
              SQUARES,
              "adam",
              0.001,
              10_000,
              32,
              3,
              40),
          new Workload(
              "W2",
              List.of(784, 128, 10),
              List.of("relu", "softmax"),
              ENTROPY,
              "sgd",
              0.1,
              10_000,
              64,
              3,
              10),
          new Workload(
              "W3",
              List.of(1024, 1024, 1024, 10),
              List.of("relu", "relu", "softmax"),
              ENTROPY,
              "adam",
              0.001,
              8_192,
              256,
              1,
              10),
          new Workload(
              "W4",
              List.of(64, 256, 256, 1),
              List.of("sigmoid", "tanh", "linear"),
              SQUARES,
              "adam",
              0.001,
              100_000,
              128,
              1,
              3));

  /// The workload that was written to a directory.
  public static Workload read(Path directory) {
    return new JsonMapper().readValue(directory.resolve("spec.json").toFile(), Workload.class);
  }

  /// Numbers of the directory.
  public static float[] numbers(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] numbers = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(numbers);
    return numbers;
  }

  /// Writes the workload with random data and parameters.
  void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    new JsonMapper().writeValue(directory.resolve("spec.json").toFile(), this);
    write(directory.resolve("x.f32"), rows == 4 ? new float[] {0, 0, 0, 1, 1, 0, 1, 1} : inputs());
    write(directory.resolve("y.f32"), rows == 4 ? new float[] {0, 1, 1, 0} : targets());
    write(
        directory.resolve("theta.f32"),
        new Initializer.GlorotUniform().initialize(network(), 1).values());
  }

  private static void write(Path file, float[] numbers) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    Files.write(file, bytes.array());
  }

  private float[] inputs() {
    SplitMix64 random = new SplitMix64(2);
    float[] x = new float[rows * units.getFirst()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble();
    }
    return x;
  }

  private float[] targets() {
    SplitMix64 random = new SplitMix64(3);
    int outputs = units.getLast();
    Matrix y = new Matrix(rows, outputs);
    for (int row = 0; row < rows; row++) {
      if (outputs == 1) {
        y.set(row, 0, (float) random.nextDouble());
      } else {
        y.set(row, random.nextInt(outputs), 1);
      }
    }
    return y.values();
  }

  /// Multiplications and additions that a training must do: 4 a weight of the first layer, whose δ
  /// goes nowhere, and 6 a weight of the others, for each row.
  double operations() {
    double operations = 0;
    for (int layer = 0; layer < activations.size(); layer++) {
      operations += (layer == 0 ? 4.0 : 6.0) * units.get(layer) * units.get(layer + 1);
    }
    return operations * rows * epochs;
  }

  /// The network.
  @JsonIgnore
  NetworkSpec network() {
    List<LayerSpec> layers = new ArrayList<>();
    for (int layer = 0; layer < activations.size(); layer++) {
      layers.add(new LayerSpec(units.get(layer + 1), activation(activations.get(layer))));
    }
    return new NetworkSpec(units.getFirst(), layers);
  }

  private static Activation activation(String name) {
    return switch (name) {
      case "relu" -> new Activation.Relu();
      case "sigmoid" -> new Activation.Sigmoid();
      case "tanh" -> new Activation.Tanh();
      case "softmax" -> new Activation.Softmax();
      case "linear" -> new Activation.Linear();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
