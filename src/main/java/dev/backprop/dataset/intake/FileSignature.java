package dev.backprop.dataset.intake;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Knows files that are no text by their first bytes.
final class FileSignature {

  private FileSignature() {}

  /// What to do with such a file, if it is one.
  static Optional<String> of(ByteBuffer start) {
    if (begins(start, 0x1F, 0x8B)) {
      return Optional.of(
          "the file is packed by gzip; send it with Content-Encoding: gzip, or in a form under a name that ends in .gz");
    }
    if (begins(start, 'P', 'K', 3)) {
      return Optional.of(
          "the file is a zip archive, as those of spreadsheets are; save the table as CSV, or pack it by gzip instead");
    }
    return Optional.empty();
  }

  private static boolean begins(ByteBuffer start, int... signature) {
    for (int i = 0; i < signature.length; i++) {
      if (i >= start.remaining()
          || Byte.toUnsignedInt(start.get(start.position() + i)) != signature[i]) {
        return false;
      }
    }
    return true;
  }
}
