package dev.backprop.job.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.train.StopReason;
import dev.backprop.job.event.EventLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls to a receiver that answers as it is told, in a time of its own.
class WebhookCallsTests {

  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

  private record Call(Instant time, URI target, Map<String, String> headers, String body) {}

  private record Later(Instant time, Runnable task) {}

  private final List<Call> calls = new ArrayList<>();
  private final Deque<WebhookClient.@Nullable Answer> answers = new ArrayDeque<>();
  private final List<Later> waiting = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Instant now = NOW;
  private double random = 0.5;
  private final InstantSource clock = () -> now;
  private final WebhookCalls webhooks =
      new WebhookCalls(
          this::answer,
          WebhookTargetsTests.properties(false, "hooks.example.com"),
          new RetryPolicy(4, () -> random),
          JsonMapper.shared(),
          clock,
          Runnable::run,
          this::later,
          new WebhookCounts(meters));

  private void later(Duration delay, Runnable task) {
    waiting.add(new Later(now.plus(delay), task));
  }

  private WebhookClient.Answer answer(URI target, Map<String, String> headers, String body)
      throws IOException {
    calls.add(new Call(now, target, headers, body));
    WebhookClient.Answer answer = answers.poll();
    if (answer == null) {
      throw new IOException("nobody answers");
    }
    return answer;
  }

  private void answers(int status) {
    answers(status, null);
  }

  private void answers(int status, @Nullable Duration retryAfter) {
    answers.add(new WebhookClient.Answer(status, retryAfter));
  }

  /// Lets all of the time pass that anything waits for.
  private void passTime() {
    while (!waiting.isEmpty()) {
      Later next = waiting.removeFirst();
      now = next.time();
      next.task().run();
    }
  }

  private EventLog watched(String job) {
    EventLog log = new EventLog(100, clock);
    webhooks.watch(job, "https://hooks.example.com/jobs", log);
    return log;
  }

  private void end(String job) {
    watched(job).done("cancelled", StopReason.CANCELLED, null, null);
  }

  private double count(String outcome) {
    return meters.get("backprop.webhooks").tag("outcome", outcome).counter().count();
  }

  private List<Long> seconds() {
    return calls.stream().map(call -> Duration.between(NOW, call.time()).toSeconds()).toList();
  }

  @Test
  void tellOnceTheJobHasEnded() {
    answers(204);
    EventLog log = watched("job_1");
    assertThat(calls).isEmpty();
    log.done("cancelled", StopReason.CANCELLED, null, null);
    assertThat(calls).hasSize(1);
    Call call = calls.getFirst();
    assertThat(call.target()).isEqualTo(URI.create("https://hooks.example.com/jobs"));
    JsonNode body = JsonMapper.shared().readTree(call.body());
    assertThat(body.get("type").asString()).isEqualTo("job.cancelled");
    assertThat(body.get("timestamp").asString()).isEqualTo("2026-01-01T10:00:00Z");
    assertThat(body.at("/data/id").asString()).isEqualTo("job_1");
    assertThat(body.at("/data/status").asString()).isEqualTo("cancelled");
    assertThat(call.headers())
        .containsEntry("webhook-id", "msg_job_1")
        .containsEntry("webhook-timestamp", Long.toString(NOW.getEpochSecond()))
        .containsEntry(
            "webhook-signature",
            new WebhookSignature(WebhookTargetsTests.SECRET)
                .of("msg_job_1", NOW.getEpochSecond(), call.body()));
    assertThat(waiting).isEmpty();
    assertThat(webhooks.pending()).isZero();
    assertThat(count("delivered")).isEqualTo(1);
  }

  /// After 5, 20 and 80 seconds.
  @Test
  void areRepeatedLessAndLessOftenAndGivenUp() {
    answers(500);
    answers(301);
    answers(404);
    end("job_1");
    assertThat(webhooks.pending()).isEqualTo(1);
    passTime();
    assertThat(seconds()).containsExactly(0L, 5L, 25L, 105L);
    assertThat(calls.stream().map(Call::body).distinct()).hasSize(1);
    assertThat(calls.stream().map(call -> call.headers().get("webhook-id")).distinct()).hasSize(1);
    // signed anew, or the other side would take it for an old one that somebody repeats
    assertThat(calls.stream().map(call -> call.headers().get("webhook-signature")).distinct())
        .hasSize(4);
    assertThat(webhooks.pending()).isZero();
    assertThat(count("failed")).isEqualTo(1);
  }

  @Test
  void areRepeatedUntilTheyArrive() {
    answers(503);
    answers(200);
    end("job_1");
    passTime();
    assertThat(calls).hasSize(2);
    assertThat(count("delivered")).isEqualTo(1);
  }

  @Test
  void doNotComeBackTogether() {
    RetryPolicy early = new RetryPolicy(4, () -> 0);
    RetryPolicy late = new RetryPolicy(4, () -> 1);
    assertThat(early.delay(1, null)).isEqualTo(Duration.ofSeconds(4));
    assertThat(late.delay(1, null)).isEqualTo(Duration.ofSeconds(6));
    assertThat(early.delay(3, null)).isEqualTo(Duration.ofSeconds(64));
    assertThat(new RetryPolicy(100, () -> 0.5).delay(50, null)).isEqualTo(Duration.ofHours(6));
    assertThat(early.delay(4, null)).isNull();
  }

  @Test
  void waitAsLongAsTheOtherSideAsksFor() {
    answers(429, Duration.ofSeconds(100));
    answers(503, Duration.ofSeconds(1)); // less than 20 seconds
    answers(503, Duration.ofDays(365));
    end("job_1");
    passTime();
    assertThat(seconds()).containsExactly(0L, 100L, 120L, 120L + 24 * 60 * 60);
  }

  @Test
  void stopWhereTheReceiverIsGone() {
    answers(410, Duration.ofSeconds(1));
    end("job_1");
    assertThat(waiting).isEmpty();
    assertThat(calls).hasSize(1);
    assertThat(webhooks.pending()).isZero();
    assertThat(count("failed")).isEqualTo(1);
  }

  @Test
  void areGivenUpWhereTooManyWait() {
    for (int job = 1; job <= 12; job++) {
      end("job_" + job);
    }
    assertThat(webhooks.pending()).isEqualTo(10);
    assertThat(count("dropped")).isEqualTo(2);
    assertThat(calls).hasSize(10);
  }

  @Test
  void areNotCalledWhereNobodyAsked() {
    EventLog log = new EventLog(100, clock);
    webhooks.watch("job_1", null, log);
    log.done("failed", null, null, null);
    assertThat(calls).isEmpty();
  }
}
