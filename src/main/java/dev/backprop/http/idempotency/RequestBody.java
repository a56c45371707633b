package dev.backprop.http.idempotency;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/// The body of a request, digested on its way: nothing of it is kept.
sealed interface RequestBody permits StreamedBody, FormBody {

  /// Looks at the headers to see how the body comes.
  ///
  /// @throws IOException if the connection fails, as for [ServletException]
  /// @throws ServletException for a form that is not well-formed or too large
  static RequestBody of(HttpServletRequest request) throws IOException, ServletException {
    return isForm(request) ? FormBody.of(request) : new StreamedBody(request);
  }

  /// The request for those who read it.
  HttpServletRequest request();

  /// What the request was, after those have read it who wanted to.
  Fingerprint fingerprint();

  /// Whether this is the request of the fingerprint. Reads no more of it than is needed to tell.
  boolean matches(Fingerprint first) throws IOException;

  /// Digest of what a request says before its body.
  static String head(HttpServletRequest request) {
    // the boundary between the parts of a form is another in each request
    String type =
        isForm(request)
            ? MediaType.MULTIPART_FORM_DATA_VALUE
            : Objects.requireNonNullElse(request.getContentType(), "").strip();
    Digest head = new Digest();
    head.add(request.getMethod());
    head.add(request.getRequestURI());
    head.add(Objects.requireNonNullElse(request.getQueryString(), ""));
    head.add(type);
    head.add(Objects.requireNonNullElse(request.getHeader(HttpHeaders.CONTENT_ENCODING), ""));
    return head.toHex();
  }

  private static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
  }
}
