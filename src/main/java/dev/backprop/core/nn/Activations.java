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
  private final Map<Integer, Matrix> fullKept = new HashMap<>();
  private List<Matrix> current = full;
  private Map<Integer, Matrix> kept = fullKept;
  private int rows;

  /// Room for batches of up to `maximumRows` rows.
  public Activations(NetworkSpec spec, int maximumRows) {
    for (LayerSpec layer : spec.layers()) {
      full.add(new Matrix(maximumRows, layer.units()));
    }
    rows = maximumRows;
  }

  /// Room besides for what derivatives follow from, where that is overwritten: Zₗ if the activation
  /// needs it, Aₗ if dropout makes something else of it.
  static Activations forBackpropagation(NetworkSpec spec, int maximumRows) {
    Activations room = new Activations(spec, maximumRows);
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      LayerSpec l = spec.layers().get(layer);
      if (l.activation().needsSums() || l.hasDropout()) {
        room.fullKept.put(layer, new Matrix(maximumRows, l.units()));
      }
    }
    return room;
  }

  /// Sets the number of rows of the batch at hand.
  void resize(int newRows) {
    if (newRows != rows) {
      current = full.stream().map(a -> a.rows(0, newRows)).toList();
      kept = new HashMap<>(fullKept);
      kept.replaceAll((_, z) -> z.rows(0, newRows));
      rows = newRows;
    }
  }

  /// Copies [#layer], if there is room for it, before something else takes its place.
  void keep(int layer) {
    Matrix room = kept.get(layer);
    if (room != null) {
      Matrix n = layer(layer);
      System.arraycopy(n.values(), n.offset(), room.values(), room.offset(), n.size());
    }
  }

  /// What the derivative of a layer follows from: what was kept, Zₗ or Aₗ, else what is there, Aₗ.
  Matrix kept(int layer) {
    return kept.getOrDefault(layer, layer(layer));
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
