package dev.backprop.http.idempotency;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Remembers which requests are being answered and what the answers were, for a time and within a
/// number of bytes; the oldest go first. Safe for use by several threads.
@Component
final class FirstReplies {

  private final Clock clock;
  private final IdempotencyProperties limits;
  private final Set<RequestKey> running = new HashSet<>();

  /// In the order in which they were given, which is that of their ends.
  private final Map<RequestKey, Kept> replies = new LinkedHashMap<>();

  private long bytes;

  FirstReplies(Clock clock, IdempotencyProperties limits) {
    this.clock = clock;
    this.limits = limits;
  }

  private record Kept(FirstReply reply, Instant until) {}

  /// What is known of a key.
  sealed interface Claim {

    /// Nothing: the request is the first and has to end in [#remember] or [#release].
    record First() implements Claim {}

    /// The first request is still being answered.
    record Running() implements Claim {}

    /// The first request was answered.
    record Answered(FirstReply reply) implements Claim {}
  }

  /// Takes the key for a request, if it is the first.
  synchronized Claim claim(RequestKey key) {
    forgetWhatIsOver();
    Kept kept = replies.get(key);
    if (kept != null) {
      return new Claim.Answered(kept.reply());
    }
    return running.add(key) ? new Claim.First() : new Claim.Running();
  }

  /// Ends the first request of a key with what it is answered from now on.
  synchronized void remember(RequestKey key, FirstReply reply) {
    running.remove(key);
    replies.put(key, new Kept(reply, clock.instant().plus(limits.retention())));
    bytes += bytes(key, reply);
    forgetWhatIsOver();
  }

  /// Ends the first request of a key as if it had never been.
  synchronized void release(RequestKey key) {
    running.remove(key);
  }

  /// Bytes of all replies, about.
  synchronized long bytes() {
    return bytes;
  }

  private void forgetWhatIsOver() {
    Instant now = clock.instant();
    Iterator<Map.Entry<RequestKey, Kept>> oldest = replies.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<RequestKey, Kept> entry = oldest.next();
      boolean over = !now.isBefore(entry.getValue().until());
      if (!over && replies.size() <= limits.maxReplies() && bytes <= limits.maxMemory().toBytes()) {
        return;
      }
      oldest.remove();
      bytes -= bytes(entry.getKey(), entry.getValue().reply());
    }
  }

  private static long bytes(RequestKey key, FirstReply reply) {
    return key.bytes() + reply.bytes();
  }
}
