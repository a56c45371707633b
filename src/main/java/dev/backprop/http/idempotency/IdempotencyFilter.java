package dev.backprop.http.idempotency;

import dev.backprop.http.Idempotent;
import dev.backprop.http.idempotency.FirstReplies.Claim;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/// Does once what several requests with the same `Idempotency-Key` ask for.
///
/// The first goes through, its body digested and its reply put aside; if that is a success, it is
/// remembered before the caller can read it. Whatever else it ends with has created nothing and
/// leaves the key free. Stands behind the check of API keys, and before what unpacks bodies.
@Component
@Order(0)
final class IdempotencyFilter extends OncePerRequestFilter {

  private static final String RETRY_SECONDS = "1";

  private final FirstReplies replies;
  private final IdempotentOperations operations;
  private final ProblemWriter problems;

  IdempotencyFilter(FirstReplies replies, IdempotentOperations operations, ProblemWriter problems) {
    this.replies = replies;
    this.operations = operations;
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !HttpMethod.POST.matches(request.getMethod())
        || request.getHeader(Idempotent.HEADER) == null
        || !operations.include(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    RequestKey key;
    try {
      key =
          RequestKey.of(
              request, IdempotencyKey.of(Collections.list(request.getHeaders(Idempotent.HEADER))));
    } catch (ProblemException e) {
      problems.write(request, response, e.type(), e.detail());
      return;
    }
    switch (replies.claim(key)) {
      case Claim.First _ -> answer(key, request, response, chain);
      case Claim.Running _ -> {
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        problems.write(
            request,
            response,
            ProblemType.IDEMPOTENCY_KEY_IN_USE,
            "The first request with the Idempotency-Key '%s' is still being answered."
                .formatted(key.key().value()));
      }
      case Claim.Answered(FirstReply first) -> repeat(first, key, request, response);
    }
  }

  private void answer(
      RequestKey key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper reply = new ContentCachingResponseWrapper(response);
    FirstReply success = null;
    try {
      success = success(request, reply, chain);
    } finally {
      if (success == null) {
        replies.release(key);
      } else {
        replies.remember(key, success);
      }
    }
    reply.copyBodyToResponse();
  }

  private static @Nullable FirstReply success(
      HttpServletRequest request, ContentCachingResponseWrapper reply, FilterChain chain)
      throws ServletException, IOException {
    RequestBody body;
    try {
      body = RequestBody.of(request);
    } catch (ServletException | IllegalStateException _) {
      chain.doFilter(request, reply); // says what is wrong with the form
      return null;
    }
    chain.doFilter(body.request(), reply);
    return HttpStatusCode.valueOf(reply.getStatus()).is2xxSuccessful()
        ? FirstReply.of(body.fingerprint(), reply)
        : null;
  }

  private void repeat(
      FirstReply first, RequestKey key, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (isRepeated(first, request)) {
      first.writeTo(response);
    } else {
      problems.write(
          request,
          response,
          ProblemType.IDEMPOTENCY_KEY_REUSED,
          "The Idempotency-Key '%s' was sent with another request before."
              .formatted(key.key().value()));
    }
  }

  private static boolean isRepeated(FirstReply first, HttpServletRequest request)
      throws IOException {
    try {
      return RequestBody.of(request).matches(first.request());
    } catch (ServletException | IllegalStateException _) {
      return false; // a form that cannot be read was not answered with a success
    }
  }
}
