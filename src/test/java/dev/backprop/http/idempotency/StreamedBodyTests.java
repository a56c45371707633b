package dev.backprop.http.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class StreamedBodyTests {

  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String ABC = // FIPS 180-4
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isDigestedWhoeverReadsIt() throws IOException {
    StreamedBody unread = new StreamedBody(request("abc"));
    assertThat(unread.fingerprint().body()).isEqualTo(ABC);

    StreamedBody bytewise = new StreamedBody(request("abc"));
    try (ServletInputStream in = bytewise.request().getInputStream()) {
      assertThat(in.read()).isEqualTo('a');
    }
    assertThat(bytewise.fingerprint())
        .isEqualTo(new Fingerprint(unread.fingerprint().head(), 3, ABC));
    assertThat(new StreamedBody(request("")).fingerprint().body()).isEqualTo(EMPTY);
  }

  /// Whoever has seen a key of somebody else's, or lost his own, cannot make the server read on.
  @Test
  void isReadNoFurtherThanTheFirstWas() throws IOException {
    Fingerprint first = new StreamedBody(request("abc")).fingerprint();
    Endless endless = new Endless();
    assertThat(new StreamedBody(endless.request()).matches(first)).isFalse();
    assertThat(endless.read).isLessThan(10_000);
  }

  @Test
  void isNotReadAtAllIfItsLengthIsAnother() throws IOException {
    Fingerprint first = new StreamedBody(request("abc")).fingerprint();
    MockHttpServletRequest other = request("abcd");
    assertThat(new StreamedBody(other).matches(first)).isFalse();
    assertThat(other.getInputStream().available()).isEqualTo(4);
  }

  /// More than a little that a reader has left is not waited for; no second body is the same then.
  @Test
  void isNotDrainedWithoutEnd() throws IOException {
    Endless endless = new Endless();
    Fingerprint first = new StreamedBody(endless.request()).fingerprint();
    assertThat(endless.read).isLessThan(100_000);
    assertThat(new StreamedBody(new Endless().request()).matches(first)).isFalse();
  }

  private static MockHttpServletRequest request(String body) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/datasets");
    request.setContentType("text/csv");
    request.setContent(body.getBytes(StandardCharsets.UTF_8));
    return request;
  }

  /// A body in chunks that has no end.
  private static final class Endless extends ServletInputStream {

    private long read;

    HttpServletRequest request() {
      return new MockHttpServletRequest("POST", "/api/v1/datasets") {
        {
          setContentType("text/csv");
        }

        @Override
        public ServletInputStream getInputStream() {
          return Endless.this;
        }
      };
    }

    @Override
    public int read() {
      read++;
      return 'a';
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      Arrays.fill(buffer, offset, offset + length, (byte) 'a');
      read += length;
      return length;
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
