package dev.backprop.core.train;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.linalg.Workers;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Masks;
import dev.backprop.core.nn.NetworkSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// What is random in a training pass: noise added to the inputs, and which inputs and units dropout
/// leaves out.
///
/// It follows from (seed, epoch, the row's index among the training rows, layer), so that neither
/// the batch that a row is in nor the number of threads changes it.
final class TrainingNoise {

  private static final long DROPOUT = 0xD209;

  private static final long NOISE = 0x6A55;

  /// Of the inputs, where the first hidden layer is 1.
  private static final int INPUTS = 0;

  /// From so many random numbers on, some 50 µs, it pays to call other threads.
  private static final int WORTH_SHARING = 16_384;

  private final NetworkSpec network;
  private final Regularization regularization;
  private final long seed;
  private final Workers workers;
  private final @Nullable Matrix inputRoom;
  private final Map<Integer, Matrix> maskRoom = new HashMap<>();

  /// Room for batches of up to `maximumRows` rows.
  TrainingNoise(NetworkSpec network, TrainingSpec training, int maximumRows, Workers workers) {
    this.network = network;
    this.workers = workers;
    regularization = training.regularization();
    seed = training.seed();
    inputRoom = regularization.disturbsInputs() ? new Matrix(maximumRows, network.inputs()) : null;
    for (int layer = 0; layer < network.layers().size(); layer++) {
      LayerSpec l = network.layers().get(layer);
      if (l.hasDropout()) {
        maskRoom.put(layer, new Matrix(maximumRows, l.units()));
      }
    }
  }

  /// Whether a pass is that of prediction.
  boolean isNone() {
    return inputRoom == null && maskRoom.isEmpty();
  }

  /// The inputs that a pass takes in place of X, overwritten by the next.
  ///
  /// @param x n × d₀, not changed
  /// @param index among the training rows of each row
  Matrix inputs(Matrix x, int epoch, IntUnaryOperator index) {
    if (inputRoom == null) {
      return x;
    }
    Matrix inputs = inputRoom.rows(0, x.rows());
    System.arraycopy(x.values(), x.offset(), inputs.values(), inputs.offset(), x.size());
    sharing(inputs)
        .forEach(
            inputs.rows(),
            row -> {
              addNoiseInPlace(inputs, row, epoch, index);
              dropInPlace(inputs, row, regularization.inputDropout(), epoch, index, INPUTS);
            });
    return inputs;
  }

  /// Mₗ of a pass, overwritten by the next.
  ///
  /// @param rows n
  /// @param index among the training rows of each row
  Masks masks(int rows, int epoch, IntUnaryOperator index) {
    if (maskRoom.isEmpty()) {
      return Masks.NONE;
    }
    Map<Integer, Matrix> masks = new HashMap<>(maskRoom);
    masks.replaceAll((_, room) -> room.rows(0, rows));
    masks.forEach(
        (layer, mask) -> {
          Arrays.fill(mask.values(), mask.offset(), mask.offset() + mask.size(), 1f);
          double rate = network.layers().get(layer).dropout();
          sharing(mask).forEach(rows, row -> dropInPlace(mask, row, rate, epoch, index, layer + 1));
        });
    return new Masks(masks);
  }

  private Workers sharing(Matrix n) {
    return n.size() < WORTH_SHARING ? Workers.INLINE : workers;
  }

  private void addNoiseInPlace(Matrix x, int row, int epoch, IntUnaryOperator index) {
    double sigma = regularization.inputNoise();
    if (sigma == 0) {
      return;
    }
    SplitMix64 random = SplitMix64.keyed(seed, NOISE, epoch, index.applyAsInt(row));
    float[] xs = x.values();
    for (int i = x.offset(row); i < x.offset(row) + x.columns(); i++) {
      xs[i] = (float) (xs[i] + sigma * random.nextGaussian());
    }
  }

  /// Makes each number of a row 0 with probability p, else divides it by 1 − p.
  private void dropInPlace(
      Matrix n, int row, double p, int epoch, IntUnaryOperator index, int layer) {
    if (p == 0) {
      return;
    }
    SplitMix64 random = SplitMix64.keyed(seed, DROPOUT, epoch, index.applyAsInt(row), layer);
    float scale = (float) (1 / (1 - p));
    float[] ns = n.values();
    for (int i = n.offset(row); i < n.offset(row) + n.columns(); i++) {
      ns[i] = random.nextDouble() < p ? 0f : scale * ns[i];
    }
  }
}
