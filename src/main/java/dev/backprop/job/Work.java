package dev.backprop.job;

import dev.backprop.core.train.TrainingSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a job has to do, before anything of it was measured.
///
/// @param operations floating-point operations, and what the rest of a job and of a mini-batch
///   takes in the time of so many
/// @param limit of the time of all trainings together, or null
record Work(double operations, @Nullable Duration limit) {

  /// To encode rows, to measure and to keep a model: some 0.5 ms.
  static final double OF_A_JOB = 1e7;

  /// What a mini-batch costs however small it is: some 0.5 µs.
  static final double OF_A_BATCH = 1e4;

  /// All epochs of a job, and those of the trainings without each fold, which together see each row
  /// once less than there are trainings. A step of `lbfgs` counts once, as most need no more.
  static Work of(PreparedJob job) {
    TrainingSpec training = job.training();
    int rows = job.trainingRows().count();
    int trainings = job.folds() == null ? 1 : 1 + job.folds().count();
    double batches = Math.ceil((double) rows / training.batchSize().rows(rows));
    double epochs = (double) training.epochs() * Math.max(1, trainings - 1);
    double ofAnEpoch =
        JobLimits.OPERATIONS * job.network().parameterCount() * rows + OF_A_BATCH * batches;
    Duration limit = job.timeLimit();
    return new Work(
        OF_A_JOB + epochs * ofAnEpoch, limit == null ? null : limit.multipliedBy(trainings));
  }

  /// How long it takes at the longest.
  ///
  /// @param speed operations a second
  double seconds(double speed) {
    double seconds = operations / speed;
    return limit == null ? seconds : Math.min(seconds, limit.toNanos() / 1e9);
  }
}
