package dev.backprop.core.nn;

/// A fully connected layer.
///
/// @param units how many units it has
/// @param activation what each does to its sum
/// @param dropout p, the share of its outputs that a training pass leaves out, from 0 to below 1;
///   for hidden layers, see [Masks]
/// @param normalization of the sums before the activation, for hidden layers
public record LayerSpec(
    int units, Activation activation, double dropout, Normalization normalization) {

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

  /// Without normalization.
  ///
  /// @throws IllegalArgumentException as above
  public LayerSpec(int units, Activation activation, double dropout) {
    this(units, activation, dropout, new Normalization.None());
  }

  /// Without dropout and normalization.
  ///
  /// @throws IllegalArgumentException if there is no unit
  public LayerSpec(int units, Activation activation) {
    this(units, activation, 0);
  }

  /// Whether a training pass leaves outputs out.
  public boolean hasDropout() {
    return dropout > 0;
  }

  /// Whether it has γ and β.
  public boolean isNormalized() {
    return !(normalization instanceof Normalization.None);
  }

  /// Whether it has a running mean and variance.
  public boolean hasBatchNormalization() {
    return normalization instanceof Normalization.Batch;
  }
}
