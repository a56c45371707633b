package dev.backprop.dataset.preprocessing;

import java.util.List;

/// What became of one raw row.
///
/// @param flags what to be wary of in its prediction
/// @param errors why it cannot be predicted for; empty if it can
public record EncodedRow(List<Flag> flags, List<String> errors) {

  /// A row with nothing to say about it, as most are.
  public static final EncodedRow CLEAN = new EncodedRow(List.of(), List.of());

  /// Copies the lists.
  public EncodedRow {
    flags = List.copyOf(flags);
    errors = List.copyOf(errors);
  }

  /// Whether the row was encoded.
  public boolean isValid() {
    return errors.isEmpty();
  }

  /// Something that the training rows did not prepare the network for.
  ///
  /// @param reason such as `above the training range [1.0, 6.9]`
  public record Flag(String feature, String reason) {

    @Override
    public String toString() {
      return feature + ": " + reason;
    }
  }
}
