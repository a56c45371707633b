package dev.backprop.job;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/// How long a caller was willing to wait for the end of what it began, and whether that came.
///
/// @param willing empty where the caller said nothing
public record Waited(Optional<Duration> willing, boolean ended) {

  /// What `Retry-After` says of what goes on.
  public static final String POLL_SECONDS = "1";

  /// Something that ends.
  @FunctionalInterface
  public interface End {

    /// Waits for it.
    ///
    /// @return whether it came in time
    boolean await(Duration timeout) throws InterruptedException;
  }

  /// Waits as `Prefer: wait=N` asks for.
  ///
  /// @param prefer the values of all such headers, or null
  /// @param limit no caller waits longer
  public static Waited until(End end, @Nullable List<String> prefer, Duration limit)
      throws InterruptedException {
    Optional<Duration> willing = WaitPreference.of(prefer, limit);
    return new Waited(willing, willing.isPresent() && end.await(willing.get()));
  }

  /// 200 with what has ended, else 202 with what is to be polled.
  ///
  /// @param self its address
  public <T> ResponseEntity<T> reply(String self, T body) {
    ResponseEntity.BodyBuilder reply =
        ResponseEntity.status(ended ? HttpStatus.OK : HttpStatus.ACCEPTED)
            .location(URI.create(self));
    willing.ifPresent(
        duration -> reply.header("Preference-Applied", "wait=" + duration.toSeconds()));
    if (!ended) {
      reply.header(HttpHeaders.RETRY_AFTER, POLL_SECONDS);
    }
    return reply.body(body);
  }
}
