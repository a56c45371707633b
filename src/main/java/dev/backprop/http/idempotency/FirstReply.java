package dev.backprop.http.idempotency;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.ContentCachingResponseWrapper;

/// What the first request with a key was answered, to answer it again.
///
/// @param request what it was
/// @param status 200 to 299
/// @param type media type of the body, null without one
/// @param headers those that speak of what was created, rather than of this exchange
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record FirstReply(
    Fingerprint request,
    int status,
    @Nullable String type,
    Map<String, String> headers,
    byte[] body) {

  private static final List<String> HEADERS =
      List.of(HttpHeaders.LOCATION, HttpHeaders.ETAG, HttpHeaders.RETRY_AFTER);

  /// Objects around the bytes, about.
  private static final long OVERHEAD = 1_000;

  static FirstReply of(Fingerprint request, ContentCachingResponseWrapper reply) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : HEADERS) {
      String value = reply.getHeader(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    return new FirstReply(
        request, reply.getStatus(), reply.getContentType(), headers, reply.getContentAsByteArray());
  }

  void writeTo(HttpServletResponse response) throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    headers.forEach(response::setHeader);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /// Bytes on the heap, about.
  long bytes() {
    return body.length + OVERHEAD;
  }
}
