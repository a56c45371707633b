package dev.backprop.system.json;

import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.util.unit.DataSize;

/// Ends the request once more bytes have come than are allowed. Of a long body it gives others
/// their turn from piece to piece: a virtual thread keeps its core until it waits for something.
final class BoundedInput extends FilterInputStream {

  /// A body of so many bytes is read in less than a millisecond.
  private static final long SHORT = 64 << 10;

  private final DataSize limit;
  private long count;

  BoundedInput(InputStream input, DataSize limit) {
    super(input);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    count(Math.max(read, 0));
    return read;
  }

  @SuppressWarnings("ThreadPriorityCheck") // only time depends on the scheduler
  private void count(int more) {
    count += more;
    if (count > SHORT) {
      Thread.yield();
    }
    if (count > limit.toBytes()) {
      throw tooLarge("more than " + limit.toBytes() + " bytes", limit);
    }
  }

  static ProblemException tooLarge(String size, DataSize limit) {
    return new ProblemException(
        ProblemType.PAYLOAD_TOO_LARGE,
        "The JSON body has %s; backprop.http.max-json-body allows %d."
            .formatted(size, limit.toBytes()));
  }
}
