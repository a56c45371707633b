package dev.backprop.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock that stands still until it is moved.
public final class SettableClock extends Clock {

  private volatile Instant now;

  /// A clock that shows this time.
  public SettableClock(Instant now) {
    this.now = now;
  }

  /// Sets the time.
  public void set(Instant time) {
    now = time;
  }

  /// Moves the time on.
  public void pass(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
