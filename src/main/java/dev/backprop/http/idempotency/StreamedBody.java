package dev.backprop.http.idempotency;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/// A body that is digested while the controller reads it.
final class StreamedBody implements RequestBody {

  /// What a reader that took the body may have left of it, such as blank lines.
  private static final long REST = 1 << 16;

  private final HttpServletRequest request;
  private final Digest digest = new Digest();

  StreamedBody(HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public HttpServletRequest request() {
    return new HttpServletRequestWrapper(request) {
      @Override
      public ServletInputStream getInputStream() throws IOException {
        return new Digested(super.getInputStream());
      }
    };
  }

  /// If more than a little is left, or the connection is lost, it is that of a body that nobody
  /// sends: a second request is refused then rather than done again.
  @Override
  public Fingerprint fingerprint() {
    try {
      digest.addAll(request.getInputStream(), REST);
    } catch (IOException _) {
      // what was asked for is done, whoever hears of it
    }
    return new Fingerprint(RequestBody.head(request), digest.count(), digest.toHex());
  }

  @Override
  public boolean matches(Fingerprint first) throws IOException {
    long declared = request.getContentLengthLong();
    if (!RequestBody.head(request).equals(first.head())
        || (declared >= 0 && declared != first.length())) {
      return false;
    }
    return digest.addAll(request.getInputStream(), first.length()) == first.length()
        && digest.toHex().equals(first.body());
  }

  private final class Digested extends ServletInputStream {

    private final ServletInputStream in;

    private Digested(ServletInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      if (read > 0) {
        digest.add(buffer, offset, read);
      }
      return read;
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("bodies are read as they come");
    }

    /// Leaves the stream open for what is left of it; the container closes it.
    @Override
    public void close() {}
  }
}
