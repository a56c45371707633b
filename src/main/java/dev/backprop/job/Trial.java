package dev.backprop.job;

import dev.backprop.model.Model;
import org.jspecify.annotations.Nullable;

/// A job whose model is nobody's until it is chosen.
public interface Trial {

  /// The job's id.
  String id();

  /// Where the job is in its life.
  JobStatus status();

  /// Waits for the end.
  void awaitEnd() throws InterruptedException;

  /// Asks the job to stop, as a caller's cancel does.
  void cancel();

  /// What it has made, of version 0; null before it has, or if it came to nothing.
  @Nullable Model model();

  /// Lets go of what it has made, so that it no longer counts as memory in use.
  void discard();

  /// What went wrong, in words for callers; null if nothing did.
  @Nullable String error();
}
