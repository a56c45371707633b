package dev.backprop.http.idempotency;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 of bytes as they come, and their number.
final class Digest {

  private static final int BUFFER = 1 << 13;

  private final MessageDigest sha256;
  private long count;

  Digest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  static Digest of(String text) {
    Digest digest = new Digest();
    digest.add(text);
    return digest;
  }

  void add(byte[] bytes, int offset, int length) {
    sha256.update(bytes, offset, length);
    count += length;
  }

  /// Adds a text so that it cannot be taken for part of the next one.
  void add(String text) {
    byte[] bytes = (text + '\0').getBytes(StandardCharsets.UTF_8);
    add(bytes, 0, bytes.length);
  }

  /// Adds what is left of a stream, but ends soon after so many bytes.
  ///
  /// @return how many it were
  long addAll(InputStream in, long limit) throws IOException {
    long before = count;
    byte[] buffer = new byte[BUFFER];
    while (count - before <= limit) {
      int read = in.read(buffer);
      if (read < 0) {
        break;
      }
      add(buffer, 0, read);
    }
    return count - before;
  }

  long count() {
    return count;
  }

  /// The digest of what came; nothing can be added after it.
  String toHex() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
