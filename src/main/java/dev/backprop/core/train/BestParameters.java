package dev.backprop.core.train;

import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.TrainingOutcome.Best;
import org.jspecify.annotations.Nullable;

/// The best parameters so far, in the same memory from the first epoch on. Others than the thread
/// that trains may copy them meanwhile, and keep it waiting for no longer than that.
final class BestParameters {

  private @Nullable Best best;

  /// Those that later epochs overwrite; for the thread that trains.
  synchronized @Nullable Best get() {
    return best;
  }

  synchronized void keep(Parameters theta, EpochReport report) {
    Parameters room = best == null ? new Parameters(theta.spec()) : best.parameters();
    room.copyFrom(theta);
    best = new Best(room, report);
  }

  synchronized void forget() {
    best = null;
  }

  synchronized @Nullable Best copy() {
    return best == null ? null : new Best(best.parameters().copy(), best.report());
  }
}
