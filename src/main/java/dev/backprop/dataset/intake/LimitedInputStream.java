package dev.backprop.dataset.intake;

import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Counts what is read of an upload, so that a body of unknown length is held to the limit too.
final class LimitedInputStream extends FilterInputStream {

  private final long limit;
  private long count;

  LimitedInputStream(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  static ProblemException tooLarge(long limit) {
    return new ProblemException(
        ProblemType.PAYLOAD_TOO_LARGE,
        "The file is larger than %d bytes, the limit of backprop.datasets.max-upload."
            .formatted(limit));
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) {
      add(1);
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read > 0) {
      add(read);
    }
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long skipped = super.skip(wanted);
    add(skipped);
    return skipped;
  }

  private void add(long read) {
    count += read;
    if (count > limit) {
      throw tooLarge(limit);
    }
  }
}
