package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Measures the layers of a network over the batches of an epoch. It looks at what backpropagation
/// leaves behind, and changes nothing.
public final class LayerMeter {

  private final Backprop backprop;
  private final NetworkSpec spec;
  private final double[] norms;
  private final List<boolean[]> alive = new ArrayList<>();
  private final List<Matrix> derivatives = new ArrayList<>();
  private int batches;

  /// @param backprop of the training
  public LayerMeter(Backprop backprop) {
    this.backprop = backprop;
    spec = backprop.network().spec();
    norms = new double[spec.layers().size()];
    for (LayerSpec layer : spec.layers().subList(0, norms.length - 1)) {
      alive.add(new boolean[layer.units()]);
      derivatives.add(new Matrix(1, layer.units()));
    }
  }

  /// Forgets the epoch before.
  public void reset() {
    batches = 0;
    Arrays.fill(norms, 0);
    alive.forEach(units -> Arrays.fill(units, false));
  }

  /// Adds the batch whose gradients were computed last.
  public void addBatch() {
    batches++;
    for (int layer = 0; layer < norms.length; layer++) {
      norms[layer] += norm(backprop.gradients(), layer);
    }
    for (int layer = 0; layer < alive.size(); layer++) {
      markAlive(layer);
    }
  }

  /// Marks the units through which a gradient passes in any row: `f′ ≠ 0`.
  private void markAlive(int layer) {
    boolean[] units = alive.get(layer);
    Matrix kept = backprop.activations().kept(layer);
    Matrix derivative = derivatives.get(layer);
    int dead = dead(units);
    for (int row = 0; row < kept.rows() && dead > 0; row++) {
      Arrays.fill(derivative.values(), 1);
      spec.layers().get(layer).activation().backpropagateInPlace(kept.rows(row, 1), derivative);
      for (int unit = 0; unit < units.length; unit++) {
        if (!units[unit] && derivative.get(0, unit) != 0) {
          units[unit] = true;
          dead--;
        }
      }
    }
  }

  private static int dead(boolean[] units) {
    int dead = 0;
    for (boolean alive : units) {
      dead += alive ? 0 : 1;
    }
    return dead;
  }

  /// The epoch that ends with the parameters as they are now, layer by layer.
  public List<LayerStatistics> statistics() {
    List<LayerStatistics> layers = new ArrayList<>();
    for (int layer = 0; layer < norms.length; layer++) {
      boolean hidden = layer < alive.size();
      layers.add(
          new LayerStatistics(
              norms[layer] / batches,
              norm(backprop.network().parameters(), layer),
              hidden ? (double) dead(alive.get(layer)) / alive.get(layer).length : Double.NaN));
    }
    return List.copyOf(layers);
  }

  private static double norm(Parameters parameters, int layer) {
    Matrix m = parameters.layer(layer);
    double sum = 0;
    for (int i = m.offset(); i < m.offset() + m.size(); i++) {
      sum += (double) m.values()[i] * m.values()[i];
    }
    return Math.sqrt(sum);
  }
}
