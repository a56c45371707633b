package dev.backprop.core.train;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.linalg.Workers;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Masks;
import dev.backprop.core.nn.NetworkSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
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

  private final long seed;
  private final Workers workers;
  private final Room room;

  /// The rows of the last batch of an epoch, where they are fewer.
  private Room part;

  // of the pass at hand
  private int epoch;
  private IntUnaryOperator index = row -> row;

  /// Room for batches of up to `maximumRows` rows.
  TrainingNoise(NetworkSpec network, TrainingSpec training, int maximumRows, Workers workers) {
    this.workers = workers;
    seed = training.seed();
    room = new Room(network, training.regularization(), maximumRows);
    part = room;
  }

  /// Whether a pass is that of prediction.
  boolean isNone() {
    return room.inputs == null && room.masks.isNone();
  }

  /// The inputs that a pass takes in place of X, overwritten by the next.
  ///
  /// @param x n × d₀, not changed
  /// @param ofPass number of the epoch
  /// @param ofRow index among the training rows of each row
  Matrix inputs(Matrix x, int ofPass, IntUnaryOperator ofRow) {
    Disturbance inputs = begin(x.rows(), ofPass, ofRow).inputs;
    if (inputs == null) {
      return x;
    }
    Matrix n = inputs.numbers;
    System.arraycopy(x.values(), x.offset(), n.values(), n.offset(), x.size());
    inputs.disturb();
    return n;
  }

  /// Mₗ of a pass, overwritten by the next.
  ///
  /// @param rows n
  /// @param ofPass number of the epoch
  /// @param ofRow index among the training rows of each row
  Masks masks(int rows, int ofPass, IntUnaryOperator ofRow) {
    Room masked = begin(rows, ofPass, ofRow);
    for (Disturbance mask : masked.ofLayers) {
      Matrix n = mask.numbers;
      Arrays.fill(n.values(), n.offset(), n.offset() + n.size(), 1f);
      mask.disturb();
    }
    return masked.masks;
  }

  private Room begin(int rows, int ofPass, IntUnaryOperator ofRow) {
    epoch = ofPass;
    index = ofRow;
    if (rows == room.rows) {
      return room;
    }
    if (rows != part.rows) {
      part = new Room(room, rows);
    }
    return part;
  }

  /// Room for a number of rows.
  private final class Room {

    private final int rows;
    private final @Nullable Disturbance inputs;
    private final Masks masks;
    private final Disturbance[] ofLayers;

    Room(NetworkSpec network, Regularization regularization, int rows) {
      this.rows = rows;
      inputs =
          regularization.disturbsInputs()
              ? new Disturbance(
                  new Matrix(rows, network.inputs()),
                  regularization.inputNoise(),
                  regularization.inputDropout(),
                  INPUTS)
              : null;
      List<Disturbance> layers = new ArrayList<>();
      Map<Integer, Matrix> rooms = new HashMap<>();
      for (int layer = 0; layer < network.layers().size(); layer++) {
        LayerSpec l = network.layers().get(layer);
        if (l.hasDropout()) {
          Matrix mask = new Matrix(rows, l.units());
          rooms.put(layer, mask);
          layers.add(new Disturbance(mask, 0, l.dropout(), layer + 1));
        }
      }
      masks = new Masks(rooms);
      ofLayers = layers.toArray(Disturbance[]::new);
    }

    /// The first rows of another.
    Room(Room all, int rows) {
      this.rows = rows;
      inputs = all.inputs == null ? null : all.inputs.rows(rows);
      masks = all.masks.rows(rows);
      ofLayers =
          Arrays.stream(all.ofLayers).map(mask -> mask.rows(rows)).toArray(Disturbance[]::new);
    }
  }

  /// Disturbs the rows of a matrix: adds noise of standard deviation σ to each number, and makes it
  /// 0 with probability p, else divides it by 1 − p.
  private final class Disturbance implements IntConsumer {

    private final Matrix numbers;
    private final double sigma;
    private final double p;
    private final int layer;

    Disturbance(Matrix numbers, double sigma, double p, int layer) {
      this.numbers = numbers;
      this.sigma = sigma;
      this.p = p;
      this.layer = layer;
    }

    Disturbance rows(int count) {
      return new Disturbance(numbers.rows(0, count), sigma, p, layer);
    }

    void disturb() {
      Workers sharing = numbers.size() < WORTH_SHARING ? Workers.INLINE : workers;
      sharing.forEach(numbers.rows(), this);
    }

    /// Disturbs a row.
    @Override
    public void accept(int row) {
      if (sigma > 0) {
        addNoise(row);
      }
      if (p > 0) {
        drop(row);
      }
    }

    private void addNoise(int row) {
      long key = key(NOISE, row);
      float[] ns = numbers.values();
      int from = numbers.offset(row);
      for (int i = 0; i < numbers.columns(); i++) {
        ns[from + i] = (float) (ns[from + i] + sigma * SplitMix64.gaussianAt(key, i));
      }
    }

    private void drop(int row) {
      long key = SplitMix64.key(key(DROPOUT, row), layer);
      float scale = (float) (1 / (1 - p));
      float[] ns = numbers.values();
      int from = numbers.offset(row);
      for (int i = 0; i < numbers.columns(); i++) {
        ns[from + i] = SplitMix64.doubleAt(key, i) < p ? 0f : scale * ns[from + i];
      }
    }

    private long key(long kind, int row) {
      long ofKind = SplitMix64.key(SplitMix64.key(seed), kind);
      return SplitMix64.key(SplitMix64.key(ofKind, epoch), index.applyAsInt(row));
    }
  }
}
