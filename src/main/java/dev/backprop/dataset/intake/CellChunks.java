package dev.backprop.dataset.intake;

import java.util.ArrayList;
import java.util.List;

/// A growing list of 32-bit cells that never copies what it has. Its spare room is one chunk at
/// most: an eighth of what it has, up to 256 KB.
final class CellChunks {

  private static final int FIRST = 16;
  private static final int LARGEST = 1 << 16;

  private final List<int[]> full = new ArrayList<>(0);
  private int[] current = new int[FIRST];
  private int used;
  private int inFull;

  void add(int cell) {
    if (used == current.length) {
      full.add(current);
      inFull += used;
      current = new int[Math.clamp(inFull / 8, FIRST, LARGEST)];
      used = 0;
    }
    current[used++] = cell;
  }

  /// Takes out the last cell, of which there must be one, and gives it.
  int removeLast() {
    if (used == 0) {
      current = full.removeLast();
      used = current.length;
      inFull -= used;
    }
    return current[--used];
  }

  int size() {
    return inFull + used;
  }

  /// Passes all cells on in order.
  void forEach(CellConsumer consumer) {
    int index = 0;
    for (int[] chunk : full) {
      for (int cell : chunk) {
        consumer.accept(index++, cell);
      }
    }
    for (int i = 0; i < used; i++) {
      consumer.accept(index++, current[i]);
    }
  }

  /// Takes a cell at its index.
  interface CellConsumer {
    void accept(int index, int cell);
  }
}
