package dev.backprop.http.idempotency;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// A key and whose it is: those of two callers never meet.
///
/// @param caller digest of what the caller is authorized by, so that no secret is kept; empty for
///   callers without
record RequestKey(String caller, IdempotencyKey key) {

  static RequestKey of(HttpServletRequest request, IdempotencyKey key) {
    return new RequestKey(caller(request.getHeader(HttpHeaders.AUTHORIZATION)), key);
  }

  /// The same for every way to write the same credentials.
  private static String caller(@Nullable String authorization) {
    if (authorization == null) {
      return "";
    }
    String[] parts = authorization.strip().split("\\s+", 2);
    parts[0] = parts[0].toLowerCase(Locale.ROOT);
    return Digest.of(String.join(" ", parts)).toHex();
  }

  /// Bytes on the heap, about.
  long bytes() {
    return (long) caller.length() + key.value().length();
  }
}
