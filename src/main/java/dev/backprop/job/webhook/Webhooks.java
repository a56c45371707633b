package dev.backprop.job.webhook;

import dev.backprop.job.event.EventLog;
import org.jspecify.annotations.Nullable;

/// Tells callers' servers that jobs have ended.
public interface Webhooks {

  /// Calls the webhook once the job has ended. Returns at once.
  ///
  /// @param url as [WebhookTargets] allows it, or null for none
  void watch(String job, @Nullable String url, EventLog events);
}
