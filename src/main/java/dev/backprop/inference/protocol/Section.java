package dev.backprop.inference.protocol;

import java.io.IOException;
import java.io.InputStream;

/// The next bytes of a stream, which stays open for those after them.
final class Section extends InputStream {

  private final InputStream in;
  private long left;

  Section(InputStream in, long length) {
    this.in = in;
    left = length;
  }

  @Override
  public int read() throws IOException {
    int value = left == 0 ? -1 : in.read();
    left -= value < 0 ? 0 : 1;
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int read = in.read(buffer, offset, (int) Math.min(left, length));
    left -= Math.max(0, read);
    return read;
  }
}
