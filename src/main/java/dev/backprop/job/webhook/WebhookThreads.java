package dev.backprop.job.webhook;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads that call webhooks, a few at a time, and their end.
final class WebhookThreads implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WebhookThreads.class);
  private static final int AT_ONCE = 8;
  private static final long IDLE_SECONDS = 30;
  private static final long GRACE_SECONDS = 3;

  /// Platform threads: looking up a name would keep the carrier of a virtual one, of which requests
  /// have as many as there are cores.
  private final ThreadPoolExecutor calls =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(), // as many as may be pending
          Thread.ofPlatform().name("webhook-", 1).daemon().factory());

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("webhook-timer").daemon().factory());

  WebhookThreads() {
    calls.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
  }

  Executor calls() {
    return calls;
  }

  ScheduledThreadPoolExecutor timer() {
    return timer;
  }

  /// The jobs have ended by then; their ends are told too, as far as they are told quickly.
  @Override
  public void close() {
    calls.shutdown();
    try {
      if (!calls.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
        calls.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    int left = timer.shutdownNow().size();
    if (left > 0) {
      log.warn("{} webhooks that waited for another try are given up", left);
    }
  }
}
