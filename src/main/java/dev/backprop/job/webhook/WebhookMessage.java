package dev.backprop.job.webhook;

import dev.backprop.core.train.StopReason;
import dev.backprop.job.event.JobEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is sent: that a job has ended, and how. Whoever wants more asks the server.
///
/// @param type `job.succeeded`, `job.cancelled` or `job.failed`
/// @param timestamp when it ended
record WebhookMessage(String type, Instant timestamp, Data data) {

  /// @param id of the job
  record Data(String id, String status, @Nullable StopReason stopReason) {}

  static WebhookMessage of(String job, JobEvent.DoneEvent done) {
    return new WebhookMessage(
        "job." + done.status(), done.time(), new Data(job, done.status(), done.stopReason()));
  }
}
