package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Room for a number of each unit and row: Aₗ of a forward pass or δₗ of a backward pass. Made once
/// for the largest batch; [#resize] gives views for smaller ones.
public final class Activations {

  private final List<Matrix> full = new ArrayList<>();
  private final Map<Integer, Matrix> fullSums = new HashMap<>();
  private List<Matrix> current = full;
  private Map<Integer, Matrix> sums = fullSums;
  private int rows;

  /// Room for batches of up to `maximumRows` rows.
  public Activations(NetworkSpec spec, int maximumRows) {
    for (LayerSpec layer : spec.layers()) {
      full.add(new Matrix(maximumRows, layer.units()));
    }
    rows = maximumRows;
  }

  /// Room for Zₗ besides, where the derivative of an activation needs it.
  static Activations withSums(NetworkSpec spec, int maximumRows) {
    Activations room = new Activations(spec, maximumRows);
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      LayerSpec l = spec.layers().get(layer);
      if (l.activation().needsSums()) {
        room.fullSums.put(layer, new Matrix(maximumRows, l.units()));
      }
    }
    return room;
  }

  /// Sets the number of rows of the batch at hand.
  void resize(int newRows) {
    if (newRows != rows) {
      current = full.stream().map(a -> a.rows(0, newRows)).toList();
      sums = new HashMap<>(fullSums);
      sums.replaceAll((_, z) -> z.rows(0, newRows));
      rows = newRows;
    }
  }

  /// Copies Zₗ out of [#layer], if there is room for it, before Aₗ takes its place.
  void keepSums(int layer) {
    Matrix kept = sums.get(layer);
    if (kept != null) {
      Matrix z = layer(layer);
      System.arraycopy(z.values(), z.offset(), kept.values(), kept.offset(), z.size());
    }
  }

  /// What the derivative of a layer follows from: Zₗ if it was kept, else Aₗ.
  Matrix kept(int layer) {
    return sums.getOrDefault(layer, layer(layer));
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
