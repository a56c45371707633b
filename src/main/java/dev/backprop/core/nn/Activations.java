package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Room for a number of each unit and row: Aₗ of a forward pass or δₗ of a backward pass. Made once
/// for the largest batch; [#rows] gives views for smaller ones.
public final class Activations {

  private final List<Layer> layers;
  private final int rows;

  /// Room for batches of up to `maximumRows` rows.
  public Activations(NetworkSpec spec, int maximumRows) {
    this(spec, maximumRows, false);
  }

  private Activations(NetworkSpec spec, int maximumRows, boolean forBackpropagation) {
    this(
        spec.layers().stream()
            .map(layer -> Layer.of(layer, maximumRows, forBackpropagation))
            .toList(),
        maximumRows);
  }

  private Activations(List<Layer> layers, int rows) {
    this.layers = layers;
    this.rows = rows;
  }

  /// Room besides for what derivatives follow from, where that is overwritten: Zₗ if the activation
  /// needs it, Aₗ if dropout makes something else of it.
  static Activations forBackpropagation(NetworkSpec spec, int maximumRows) {
    return new Activations(spec, maximumRows, true);
  }

  /// A view of the first rows.
  ///
  /// @throws IllegalArgumentException if there are fewer
  Activations rows(int count) {
    return count == rows
        ? this
        : new Activations(layers.stream().map(layer -> layer.rows(count)).toList(), count);
  }

  /// Copies [#layer], if there is room for it, before something else takes its place.
  void keep(int layer) {
    Layer l = layers.get(layer);
    if (l.kept != null) {
      Matrix n = l.numbers;
      System.arraycopy(n.values(), n.offset(), l.kept.values(), l.kept.offset(), n.size());
    }
  }

  /// What the derivative of a layer follows from: what was kept, Zₗ or Aₗ, else what is there, Aₗ.
  Matrix kept(int layer) {
    Layer l = layers.get(layer);
    return l.kept == null ? l.numbers : l.kept;
  }

  /// The matrix of a layer counted from 0: rows × units.
  public Matrix layer(int layer) {
    return layers.get(layer).numbers;
  }

  /// That of the output layer.
  public Matrix output() {
    return layers.getLast().numbers;
  }

  /// Room for one layer.
  ///
  /// @param kept room for what would be overwritten, or null where nothing is
  private record Layer(Matrix numbers, @Nullable Matrix kept) {

    static Layer of(LayerSpec layer, int rows, boolean forBackpropagation) {
      boolean keeps = forBackpropagation && (layer.activation().needsSums() || layer.hasDropout());
      return new Layer(
          new Matrix(rows, layer.units()), keeps ? new Matrix(rows, layer.units()) : null);
    }

    Layer rows(int count) {
      return new Layer(numbers.rows(0, count), kept == null ? null : kept.rows(0, count));
    }
  }
}
