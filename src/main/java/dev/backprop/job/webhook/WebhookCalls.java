package dev.backprop.job.webhook;

import dev.backprop.job.event.EventLog;
import dev.backprop.job.event.JobEvent;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Calls webhooks, again and again where it fails. Nothing that happens here touches the job.
final class WebhookCalls implements Webhooks {

  private static final Logger log = LoggerFactory.getLogger(WebhookCalls.class);
  private static final int GONE = 410;

  private final WebhookClient client;
  private final @Nullable WebhookSignature signature;
  private final RetryPolicy policy;
  private final int maxPending;
  private final JsonMapper json;
  private final InstantSource clock;
  private final Executor calls;
  private final BiConsumer<Duration, Runnable> timer;
  private final WebhookCounts counts;
  private final AtomicInteger pending = new AtomicInteger();

  /// @param calls runs calls, a few at a time
  /// @param timer runs something after a time
  WebhookCalls(
      WebhookClient client,
      WebhookProperties properties,
      RetryPolicy policy,
      JsonMapper json,
      InstantSource clock,
      Executor calls,
      BiConsumer<Duration, Runnable> timer,
      WebhookCounts counts) {
    this.client = client;
    this.policy = policy;
    this.json = json;
    this.clock = clock;
    this.calls = calls;
    this.timer = timer;
    this.counts = counts;
    String secret = properties.secret();
    signature = secret == null ? null : new WebhookSignature(secret);
    maxPending = properties.maxPending();
  }

  @Override
  public void watch(String job, @Nullable String url, EventLog events) {
    if (url != null && signature != null) {
      WebhookSignature ours = signature;
      var _ = events.whenDone().thenAccept(done -> enqueue(job, URI.create(url), done, ours));
    }
  }

  private void enqueue(
      String job, URI target, JobEvent.DoneEvent done, WebhookSignature signature) {
    if (pending.incrementAndGet() > maxPending) {
      pending.decrementAndGet();
      counts.dropped();
      log.warn("The webhook of job {} is given up: {} others are waiting", job, maxPending);
      return;
    }
    String body = json.writeValueAsString(WebhookMessage.of(job, done));
    Call call = new Call(job, target, body, signature);
    calls.execute(() -> attempt(call, 1));
  }

  private record Call(String job, URI target, String body, WebhookSignature signature) {

    /// The same for every attempt, so that the other side can tell that it has it already.
    private String id() {
      return "msg_" + job;
    }

    private Map<String, String> headers(long timestamp) {
      return Map.of(
          "webhook-id", id(),
          "webhook-timestamp", Long.toString(timestamp),
          "webhook-signature", signature.of(id(), timestamp, body));
    }
  }

  private void attempt(Call call, int attempt) {
    String wrong;
    Duration retryAfter = null;
    boolean gone = false;
    try {
      WebhookClient.Answer answer =
          client.post(call.target(), call.headers(clock.instant().getEpochSecond()), call.body());
      if (answer.status() / 100 == 2) {
        pending.decrementAndGet();
        counts.delivered();
        return;
      }
      wrong = "it answered " + answer.status();
      retryAfter = answer.retryAfter();
      gone = answer.status() == GONE;
    } catch (IOException | RuntimeException e) {
      wrong = e.toString();
    }
    Duration delay = gone ? null : policy.delay(attempt, retryAfter);
    // the path of the address may be a secret
    String host = call.target().getHost();
    if (delay == null) {
      pending.decrementAndGet();
      counts.failed();
      log.warn(
          "The webhook of job {} at {} is given up after {} attempts: {}",
          call.job(),
          host,
          attempt,
          wrong);
    } else {
      log.debug("The webhook of job {} at {} failed: {}", call.job(), host, wrong);
      timer.accept(delay, () -> calls.execute(() -> attempt(call, attempt + 1)));
    }
  }

  /// Calls that are on their way or wait for another try.
  int pending() {
    return pending.get();
  }
}
