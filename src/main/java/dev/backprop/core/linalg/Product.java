package dev.backprop.core.linalg;

/// A product of matrices that stay where they are: prepared once, computed as often as their
/// numbers change. To compute it allocates nothing.
@FunctionalInterface
public interface Product {

  /// Computes it from the numbers that are there now.
  void compute();
}
