package dev.backprop.core.nn;

/// A fully connected layer.
///
/// @param units how many units it has
/// @param activation what each does to its sum
/// @param dropout p, the share of its outputs that a training pass leaves out, from 0 to below 1;
///   for hidden layers, see [Masks]
public record LayerSpec(int units, Activation activation, double dropout) {

  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException if there is no unit, or dropout is out of range
  public LayerSpec {
    if (units < 1) {
      throw new IllegalArgumentException("a layer needs at least 1 unit, not " + units);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout must be from 0 to below 1, not " + dropout);
    }
  }

  /// Without dropout.
  ///
  /// @throws IllegalArgumentException if there is no unit
  public LayerSpec(int units, Activation activation) {
    this(units, activation, 0);
  }

  /// Whether a training pass leaves outputs out.
  public boolean hasDropout() {
    return dropout > 0;
  }
}
