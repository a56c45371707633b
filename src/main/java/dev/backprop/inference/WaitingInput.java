package dev.backprop.inference;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Does something before it reads on, which may be a wait: a caller who sends a row and then waits
/// has its prediction. (Whether it will wait cannot be known: the end of a chunk counts as
/// available.)
final class WaitingInput extends FilterInputStream {

  private final Before before;

  WaitingInput(InputStream in, Before before) {
    super(in);
    this.before = before;
  }

  @Override
  public int read() throws IOException {
    before.waiting();
    return super.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    before.waiting();
    return super.read(buffer, offset, length);
  }

  /// What is done.
  @FunctionalInterface
  interface Before {
    void waiting() throws IOException;
  }
}
