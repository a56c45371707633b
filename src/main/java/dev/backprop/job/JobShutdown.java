package dev.backprop.job;

import org.springframework.context.SmartLifecycle;

/// Ends the jobs when the server shuts down, before the web server does, so that a caller who waits
/// for a job still hears of its end.
final class JobShutdown implements SmartLifecycle {

  private final JobOperator operator;
  private volatile boolean running;

  JobShutdown(JobOperator operator) {
    this.operator = operator;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    operator.shutDown();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
