package dev.backprop.dataset.web;

import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.intake.Upload;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Unpacks a data set that comes as JSON packed by gzip. Files unpack themselves, but JSON is read
/// before a controller sees it.
@Component
final class PackedJsonFilter extends OncePerRequestFilter {

  private final DatasetProperties limits;

  PackedJsonFilter(DatasetProperties limits) {
    this.limits = limits;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    String type = request.getContentType();
    return !HttpMethod.POST.matches(request.getMethod())
        || !DatasetController.PATH.equals(request.getRequestURI())
        || type == null
        || !type.startsWith(MediaType.APPLICATION_JSON_VALUE)
        || encoding == null
        || !Upload.isGzip(encoding);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ServletInputStream unpacked = new Unpacked(Upload.unpack(request.getInputStream(), limits));
    chain.doFilter(
        new HttpServletRequestWrapper(request) {
          @Override
          public ServletInputStream getInputStream() {
            return unpacked;
          }
        },
        response);
  }

  private static final class Unpacked extends ServletInputStream {

    private final InputStream in;
    private boolean finished;

    private Unpacked(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      finished = read < 0;
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      finished = read < 0;
      return read;
    }

    @Override
    public boolean isFinished() {
      return finished;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("JSON is read as it comes");
    }
  }
}
