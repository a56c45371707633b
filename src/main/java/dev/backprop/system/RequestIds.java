package dev.backprop.system;

import com.github.f4b6a3.ulid.Ulid;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Gives each request a name, which its answer has in the header `Request-Id` and every line of the
/// log that was written for it. It is the caller's own: `Request-Id`, or `X-Request-Id` as proxies
/// send it, or the trace of a W3C `traceparent`. Where there is none, or one that is too long or
/// has characters that do not belong into a header or a log, one is made.
///
/// It comes before all other filters, so that what they refuse has a name too.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestIds extends OncePerRequestFilter {

  static final String HEADER = "Request-Id";

  /// What the log's patterns know it by.
  private static final String LOGGED = "requestId";

  private static final Predicate<String> VALID =
      Pattern.compile("[A-Za-z0-9._~:/+=@-]{1,128}").asMatchPredicate();

  private static final Pattern TRACE =
      Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String id = idOf(request);
    response.setHeader(HEADER, id);
    MDC.put(LOGGED, id);
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove(LOGGED);
    }
  }

  private static String idOf(HttpServletRequest request) {
    String given = request.getHeader(HEADER);
    if (given == null) {
      given = request.getHeader("X-Request-Id");
    }
    if (given == null) {
      given = trace(request.getHeader("traceparent"));
    }
    return given != null && VALID.test(given) ? given : "req_" + Ulid.fast().toLowerCase();
  }

  private static @Nullable String trace(@Nullable String parent) {
    Matcher trace = parent == null ? null : TRACE.matcher(parent);
    return trace != null && trace.matches() ? trace.group(1) : null;
  }
}
