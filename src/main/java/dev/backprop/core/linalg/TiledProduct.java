package dev.backprop.core.linalg;

import java.util.function.IntConsumer;

/// A product in tiles, which workers share: each tile is the sum of its parts, added in order.
final class TiledProduct implements Product, IntConsumer {

  private final Product[][] tiles;
  private final Workers workers;

  /// @param tiles the parts of each
  TiledProduct(Product[][] tiles, Workers workers) {
    this.tiles = tiles;
    this.workers = workers;
  }

  @Override
  public void compute() {
    workers.forEach(tiles.length, this);
  }

  /// Computes a tile.
  @Override
  public void accept(int tile) {
    for (Product part : tiles[tile]) {
      part.compute();
    }
  }
}
