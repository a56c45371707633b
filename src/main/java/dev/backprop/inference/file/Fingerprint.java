package dev.backprop.inference.file;

import dev.backprop.inference.export.ModelExporter.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/// What tells the bytes of an entry from others.
///
/// @param bytes how many there are
/// @param crc32 as zips have it
/// @param sha256 in hexadecimal
record Fingerprint(String name, long bytes, long crc32, String sha256) {

  /// Measures what an entry will have, without keeping it.
  static Fingerprint of(String name, Content content) {
    Meter meter = new Meter();
    try {
      content.writeTo(meter);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a meter does not fail
    }
    return new Fingerprint(name, meter.bytes, meter.crc32.getValue(), hex(meter.digest));
  }

  /// SHA-256 in hexadecimal.
  static String sha256(byte[] bytes, int offset, int length) {
    MessageDigest digest = digest();
    digest.update(bytes, offset, length);
    return hex(digest);
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static final class Meter extends OutputStream {

    private final MessageDigest digest = digest();
    private final CRC32 crc32 = new CRC32();
    private long bytes;

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      digest.update(buffer, offset, length);
      crc32.update(buffer, offset, length);
      bytes += length;
    }
  }
}
