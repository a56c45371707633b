package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/// Room for a number of each unit and row: Aₗ of a forward pass or δₗ of a backward pass. Made once
/// for the largest batch; [#resize] gives views for smaller ones.
public final class Activations {

  private final List<Matrix> full = new ArrayList<>();
  private List<Matrix> current = full;
  private int rows;

  /// Room for batches of up to `maximumRows` rows.
  public Activations(NetworkSpec spec, int maximumRows) {
    for (LayerSpec layer : spec.layers()) {
      full.add(new Matrix(maximumRows, layer.units()));
    }
    rows = maximumRows;
  }

  /// Sets the number of rows of the batch at hand.
  void resize(int newRows) {
    if (newRows != rows) {
      current = full.stream().map(a -> a.rows(0, newRows)).toList();
      rows = newRows;
    }
  }

  /// The matrix of a layer counted from 0: rows × units.
  public Matrix layer(int layer) {
    return current.get(layer);
  }

  /// That of the output layer.
  public Matrix output() {
    return current.getLast();
  }
}
