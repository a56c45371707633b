package dev.backprop.core.linalg;

import org.jspecify.annotations.Nullable;

/// Chooses the [Blas] once and keeps the reason.
///
/// @param blas the library in use
/// @param fallbackReason why it is not OpenBLAS, or null where it is, or where plain Java was asked
///   for
public record BlasProvider(Blas blas, @Nullable String fallbackReason) {

  /// OpenBLAS if its native library loads here and computes right, else plain Java.
  public static BlasProvider best() {
    try {
      Blas openBlas = new OpenBlas();
      BlasSelfCheck.check(openBlas);
      return new BlasProvider(openBlas, null);
    } catch (UnsupportedOperationException e) {
      return new BlasProvider(new PlainBlas(), e.getMessage());
    }
  }

  /// Plain Java.
  public static BlasProvider plain() {
    return new BlasProvider(new PlainBlas(), null);
  }
}
