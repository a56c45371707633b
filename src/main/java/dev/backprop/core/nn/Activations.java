package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Room for a number of each unit and row: Aₗ of a forward pass or δₗ of a backward pass. Made once
/// for the largest batch; [#resize] gives views for smaller ones.
public final class Activations {

  private final List<Layer> full = new ArrayList<>();
  private List<Layer> current = full;
  private int rows;

  /// Room for batches of up to `maximumRows` rows.
  public Activations(NetworkSpec spec, int maximumRows) {
    this(spec, maximumRows, false);
  }

  private Activations(NetworkSpec spec, int maximumRows, boolean forBackpropagation) {
    for (LayerSpec layer : spec.layers()) {
      boolean keeps = layer.activation().needsSums() || layer.hasDropout();
      full.add(
          new Layer(
              new Matrix(maximumRows, layer.units()),
              forBackpropagation && keeps ? new Matrix(maximumRows, layer.units()) : null));
    }
    rows = maximumRows;
  }

  /// Room besides for what derivatives follow from, where that is overwritten: Zₗ if the activation
  /// needs it, Aₗ if dropout makes something else of it.
  static Activations forBackpropagation(NetworkSpec spec, int maximumRows) {
    return new Activations(spec, maximumRows, true);
  }

  /// Sets the number of rows of the batch at hand.
  void resize(int newRows) {
    if (newRows != rows) {
      current = full.stream().map(layer -> layer.rows(newRows)).toList();
      rows = newRows;
    }
  }

  /// Copies [#layer], if there is room for it, before something else takes its place.
  void keep(int layer) {
    Layer l = current.get(layer);
    if (l.kept != null) {
      Matrix n = l.numbers;
      System.arraycopy(n.values(), n.offset(), l.kept.values(), l.kept.offset(), n.size());
    }
  }

  /// What the derivative of a layer follows from: what was kept, Zₗ or Aₗ, else what is there, Aₗ.
  Matrix kept(int layer) {
    Layer l = current.get(layer);
    return l.kept == null ? l.numbers : l.kept;
  }

  /// The matrix of a layer counted from 0: rows × units.
  public Matrix layer(int layer) {
    return current.get(layer).numbers;
  }

  /// That of the output layer.
  public Matrix output() {
    return current.getLast().numbers;
  }

  /// Room for one layer.
  ///
  /// @param kept room for what would be overwritten, or null where nothing is
  private record Layer(Matrix numbers, @Nullable Matrix kept) {

    Layer rows(int count) {
      return new Layer(numbers.rows(0, count), kept == null ? null : kept.rows(0, count));
    }
  }
}
