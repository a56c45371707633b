package dev.backprop.inference.protocol;

import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/// What the headers of a request say about its body, checked before any of it is read.
final class InferHeaders {

  /// How many bytes of the body are JSON; the others are tensors.
  static final String JSON_LENGTH = "Inference-Header-Content-Length";

  /// The whole body is JSON.
  static final long ALL = -1;

  private InferHeaders() {}

  /// How many bytes of the body are JSON, or [#ALL].
  ///
  /// @throws ProblemException for headers that contradict each other or name another kind of body
  static long jsonLength(HttpHeaders headers) {
    String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw unsupported(
          "The Content-Encoding '%s' is not supported; send the body as it is."
              .formatted(JsonErrors.shorten(encoding)));
    }
    MediaType type = headers.getContentType();
    boolean octets = MediaType.APPLICATION_OCTET_STREAM.equalsTypeAndSubtype(type);
    if (type != null && !octets && !MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)) {
      throw unsupported(
          "Content-Type %s is not taken here; send application/json, or application/octet-stream with binary tensors."
              .formatted(type));
    }
    String length = headers.getFirst(JSON_LENGTH);
    if (length == null) {
      if (octets) {
        throw invalid(
            "A body of application/octet-stream needs the header %s: how many of its bytes are JSON."
                .formatted(JSON_LENGTH));
      }
      return ALL;
    }
    if (!length.matches("[0-9]{1,18}")) {
      throw invalid(
          "The header %s takes a whole number of bytes, not '%s'."
              .formatted(JSON_LENGTH, JsonErrors.shorten(length)));
    }
    long json = Long.parseLong(length);
    long all = headers.getContentLength();
    if (all >= 0 && json > all) {
      throw invalid(
          "The header %s says %d bytes, but the body has only %d."
              .formatted(JSON_LENGTH, json, all));
    }
    return json;
  }

  private static ProblemException unsupported(String detail) {
    return new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, detail);
  }
}
