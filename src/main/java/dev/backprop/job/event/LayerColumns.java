package dev.backprop.job.event;

import dev.backprop.core.nn.LayerStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The statistics of layers in columns: 12 bytes for each layer and epoch, and none where nobody
/// asked for them. Every epoch has the same layers.
final class LayerColumns {

  /// Numbers of a layer.
  private static final int NUMBERS = 3;

  private final List<float[]> columns = new ArrayList<>();

  /// The memory that the columns take.
  long bytes() {
    return columns.stream().mapToLong(column -> (long) Float.BYTES * column.length).sum();
  }

  /// @param capacity of a column that is not there yet
  void put(int index, List<LayerStatistics> layers, int capacity) {
    for (int layer = 0; layer < layers.size(); layer++) {
      LayerStatistics statistics = layers.get(layer);
      if (columns.size() == NUMBERS * layer) {
        for (int i = 0; i < NUMBERS; i++) {
          columns.add(new float[capacity]);
        }
      }
      columns.get(NUMBERS * layer)[index] = (float) statistics.gradientNorm();
      columns.get(NUMBERS * layer + 1)[index] = (float) statistics.parameterNorm();
      columns.get(NUMBERS * layer + 2)[index] = (float) statistics.deadUnits();
    }
  }

  List<LayerStatistics> get(int index) {
    List<LayerStatistics> layers = new ArrayList<>();
    for (int column = 0; column < columns.size(); column += NUMBERS) {
      layers.add(
          new LayerStatistics(
              columns.get(column)[index],
              columns.get(column + 1)[index],
              columns.get(column + 2)[index]));
    }
    return layers;
  }

  void move(int from, int to) {
    columns.forEach(column -> column[to] = column[from]);
  }

  void resize(int capacity) {
    columns.replaceAll(column -> Arrays.copyOf(column, capacity));
  }
}
