package dev.backprop.job.webhook;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a call.
interface WebhookClient {

  /// What came back.
  ///
  /// @param retryAfter the `Retry-After` of the answer, or null
  record Answer(int status, @Nullable Duration retryAfter) {}

  /// Posts JSON and reads the head of the answer.
  ///
  /// @throws IOException where none came, or the address may not be called
  Answer post(URI target, Map<String, String> headers, String body) throws IOException;
}
