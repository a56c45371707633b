package dev.backprop.dataset.web;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A text and then many times another, made while it is read.
public final class RepeatedText extends InputStream {

  private static final int BLOCK = 1 << 12;

  private final byte[] first;
  private final byte[] units;
  private final long length;
  private long position;

  /// @param times how often the unit comes
  public RepeatedText(String first, String unit, long times) {
    this.first = first.getBytes(StandardCharsets.UTF_8);
    this.units = unit.repeat(BLOCK).getBytes(StandardCharsets.UTF_8);
    this.length = this.first.length + times * (units.length / BLOCK);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(byte[] buffer, int offset, int count) {
    if (position == length) {
      return -1;
    }
    boolean begins = position < first.length;
    byte[] source = begins ? first : units;
    int from = (int) (begins ? position : (position - first.length) % units.length);
    int copied = (int) Math.min(Math.min(count, source.length - from), length - position);
    System.arraycopy(source, from, buffer, offset, copied);
    position += copied;
    return copied;
  }
}
