package dev.backprop.dataset.intake;

import dev.backprop.dataset.DatasetProperties;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Unpacks gzip while it is read. Data that are damaged or cut off, that unpack to more than the
/// limit of an upload, or that grow beyond the limit of their ratio end in a problem.
final class GzipInput extends InputStream {

  /// Less than this many bytes are never too many for what they were packed in.
  static final long GRACE = 16L << 20;

  private static final int BUFFER = 1 << 15;

  private final Source source;
  private final DatasetProperties limits;
  private @Nullable GZIPInputStream unpacked;
  private long count;

  GzipInput(InputStream packed, DatasetProperties limits) {
    this.source = new Source(packed);
    this.limits = limits;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = unpack(buffer, offset, length);
    count += Math.max(0, read);
    if (count > limits.maxUpload().toBytes()) {
      throw tooLarge(
          "The file is larger than %d bytes when it is unpacked, the limit of backprop.datasets.max-upload."
              .formatted(limits.maxUpload().toBytes()));
    }
    if (count > GRACE && count / limits.maxGzipRatio() > source.count) {
      throw tooLarge(
          "The file unpacks to more than %d times its size, the limit of backprop.datasets.max-gzip-ratio; send it unpacked."
              .formatted(limits.maxGzipRatio()));
    }
    return read;
  }

  private int unpack(byte[] buffer, int offset, int length) throws IOException {
    try {
      if (unpacked == null) {
        unpacked = new GZIPInputStream(source, BUFFER);
      }
      return unpacked.read(buffer, offset, length);
    } catch (EOFException | ZipException e) {
      if (source.failed) {
        throw e; // the connection, not the data
      }
      throw new ProblemException(
          ProblemType.INVALID_DATA,
          e instanceof EOFException
              ? "The gzip data are cut off: they end after %d unpacked bytes, before their end mark."
                  .formatted(count)
              : "The gzip data are damaged after %d unpacked bytes, or the file is not gzip."
                  .formatted(count));
    }
  }

  private static ProblemException tooLarge(String detail) {
    return new ProblemException(ProblemType.PAYLOAD_TOO_LARGE, detail);
  }

  @Override
  public void close() throws IOException {
    if (unpacked != null) {
      unpacked.close();
    }
    source.close();
  }

  /// Counts the packed bytes, and tells failures of their stream from those of the format.
  private static final class Source extends FilterInputStream {

    private long count;
    private boolean failed;

    private Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int read = super.read(buffer, offset, length);
        count += Math.max(0, read);
        return read;
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }
  }
}
