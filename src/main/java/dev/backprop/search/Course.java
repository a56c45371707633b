package dev.backprop.search;

import org.jspecify.annotations.Nullable;

/// Decides what is tried next. Used by one thread.
interface Course {

  /// What to begin now, or null: then nothing can be begun before a trial ends, or ever.
  @Nullable Candidate next();

  /// A trial has ended.
  ///
  /// @param loss the lower, the better; NaN if nothing came of it
  void ended(Candidate candidate, double loss);

  /// How many trials there will be, if nothing stops them.
  int trials();
}
