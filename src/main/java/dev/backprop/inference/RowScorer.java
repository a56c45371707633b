package dev.backprop.inference;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activations;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.dataset.preprocessing.EncodedRow;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.model.Model;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs the rows of one request through a model, slice by slice. One use, one thread; nothing is
/// locked, because a model never changes.
///
/// Between two slices others have their turn: a virtual thread keeps its core until it waits for
/// something, so that without it a request of one row would wait for the end of one of thousands.
public final class RowScorer {

  /// Rows that go through the network together: more are hardly faster.
  static final int SLICE = 256;

  /// Multiplications of a slice, about: half a millisecond.
  private static final long WORK = 25_000_000;

  /// Numbers that a request keeps at once, about: 16 MB, so that a wide network takes fewer rows.
  private static final int ROOM = 4_000_000;

  /// A row with more errors has something wrong with the whole of it.
  private static final int ERRORS = 5;

  private final OutputReader outputReader;
  private final Preprocessor preprocessor;
  private final RowReader reader;
  private @Nullable TensorRowReader tensorReader;
  private final Network network;
  private final double temperature;
  private final Matrix x;
  private final Activations room;
  private final EncodedRow[] encoded;
  private boolean begun;

  /// Makes room for a slice.
  ///
  /// @param rows that will come at most
  /// @param options that fit the model
  RowScorer(Model model, Products products, int rows, PredictOptions options) {
    outputReader = new OutputReader(model, options);
    preprocessor = model.preprocessor();
    reader = new RowReader(preprocessor);
    network = new Network(model.parameters(), products);
    temperature = options.temperature(model);
    int slice = Math.min(slice(model), rows);
    x = new Matrix(slice, network.spec().inputs());
    room = new Activations(network.spec(), slice);
    encoded = new EncodedRow[slice];
  }

  private static int slice(Model model) {
    NetworkSpec network = model.parameters().spec();
    long numbers = network.inputs() + network.layers().stream().mapToLong(LayerSpec::units).sum();
    long work = WORK / Math.max(1, model.parameters().values().length);
    return Math.clamp(Math.min(ROOM / numbers, work), 1, SLICE);
  }

  /// How many rows [#score] takes at once.
  public int slice() {
    return encoded.length;
  }

  /// A prediction for each of the rows from `from` on, as many as a slice has, and an error in
  /// place of the bad ones.
  public List<Prediction> score(RawRows rows, int from) {
    return score(
        Math.min(slice(), rows.size() - from),
        (row, out, at) -> reader.encode(rows, from + row, out, at));
  }

  /// A prediction for each of some rows of a tensor, and an error in place of the bad ones. What is
  /// out of the training range need not be flagged.
  ///
  /// @param tensor rows × features
  /// @param count as many rows as a slice has at most
  public List<Prediction> score(RawRows.Numbers tensor, int from, int count) {
    TensorRowReader rows =
        tensorReader == null ? new TensorRowReader(preprocessor, reader) : tensorReader;
    tensorReader = rows;
    return score(count, (row, out, at) -> rows.encode(tensor, from + row, out, at));
  }

  /// Encodes a row of the slice.
  @FunctionalInterface
  private interface Encoding {

    /// @param out takes the inputs of the network from `at` on
    EncodedRow encode(int row, float[] out, int at);
  }

  private List<Prediction> score(int count, Encoding encoding) {
    takeTurns();
    for (int row = 0; row < count; row++) {
      encoded[row] = encoding.encode(row, x.values(), x.offset(row));
    }
    Matrix outputs = outputs(x.rows(0, count));
    List<Prediction> predictions = new ArrayList<>(count);
    for (int row = 0; row < count; row++) {
      predictions.add(prediction(outputs, row));
    }
    return predictions;
  }

  private Matrix outputs(Matrix inputs) {
    if (temperature == 1) {
      return network.forward(inputs, room);
    }
    Matrix z = network.forwardToOutput(inputs, room);
    float[] sums = z.values();
    for (int i = z.offset(); i < z.offset() + z.size(); i++) {
      sums[i] = (float) (sums[i] / temperature);
    }
    network.spec().output().activation().applyInPlace(z);
    return z;
  }

  @SuppressWarnings("ThreadPriorityCheck") // only time depends on the scheduler
  private void takeTurns() {
    if (begun) {
      Thread.yield();
    }
    begun = true;
  }

  private Prediction prediction(Matrix outputs, int row) {
    return encoded[row].isValid()
        ? outputReader.read(outputs, row, encoded[row])
        : Prediction.refused(message(encoded[row].errors()));
  }

  private static String message(List<String> errors) {
    return errors.size() <= ERRORS
        ? String.join("; ", errors)
        : String.join("; ", errors.subList(0, ERRORS))
            + "; and %d more".formatted(errors.size() - ERRORS);
  }
}
