package dev.backprop.http.idempotency;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// The parts of a form, which the container has put aside before anybody reads them. Their names,
/// types and bytes count; the boundary between them is another in each request.
///
/// @param request with the parts
record FormBody(HttpServletRequest request, Fingerprint fingerprint) implements RequestBody {

  static FormBody of(HttpServletRequest request) throws IOException, ServletException {
    Digest digest = new Digest();
    for (Part part : request.getParts()) {
      digest.add(part.getName());
      digest.add(Objects.requireNonNullElse(part.getSubmittedFileName(), ""));
      digest.add(Objects.requireNonNullElse(part.getContentType(), ""));
      digest.add(Long.toString(part.getSize()));
      try (InputStream content = part.getInputStream()) {
        digest.addAll(content, part.getSize());
      }
    }
    return new FormBody(
        request, new Fingerprint(RequestBody.head(request), digest.count(), digest.toHex()));
  }

  @Override
  public boolean matches(Fingerprint first) {
    return fingerprint.equals(first);
  }
}
