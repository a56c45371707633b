package dev.backprop.core.nn;

/// A fully connected layer.
///
/// @param units how many units it has
/// @param activation what each does to its sum
public record LayerSpec(int units, Activation activation) {

  /// Checks the number of units.
  ///
  /// @throws IllegalArgumentException if there is no unit
  public LayerSpec {
    if (units < 1) {
      throw new IllegalArgumentException("a layer needs at least 1 unit, not " + units);
    }
  }
}
