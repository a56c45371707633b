package dev.backprop.model;

import dev.backprop.core.nn.Parameters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The identity of parameters: equal bits, equal hash.
public final class ParametersHash {

  private static final int CHUNK = 16_384;

  private ParametersHash() {}

  /// SHA-256 over θ and the running statistics as little-endian 32-bit floats, in hexadecimal.
  public static String of(Parameters parameters) {
    return of(parameters.values(), parameters.statistics());
  }

  /// SHA-256 over the numbers, array after array.
  static String of(float[]... arrays) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (float[] values : arrays) {
        update(sha256, values);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static void update(MessageDigest sha256, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      bytes.asFloatBuffer().put(values, from, count);
      sha256.update(bytes.array(), 0, count * Float.BYTES);
    }
  }
}
