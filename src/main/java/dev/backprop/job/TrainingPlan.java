package dev.backprop.job;

import dev.backprop.core.nn.Loss;
import dev.backprop.core.train.BatchSize;
import dev.backprop.core.train.Optimizer;
import dev.backprop.core.train.Schedule;
import dev.backprop.core.train.TrainingSpec;
import dev.backprop.model.spec.OptimizerSettings;
import dev.backprop.model.spec.TrainingSettings;
import dev.backprop.model.spec.TrainingSettings.ScheduleSettings;
import dev.backprop.problem.InputErrors;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The training of a spec with every default filled in.
///
/// @param settings for the caller
/// @param spec for the trainer
/// @param timeLimit from the start of the training, or null
record TrainingPlan(TrainingSettings settings, TrainingSpec spec, @Nullable Duration timeLimit) {

  /// A limit longer than this is none.
  private static final double LONGEST_SECONDS = 1e9;

  /// Adds all that does not fit within the settings.
  static void check(@Nullable TrainingSettings settings, InputErrors errors) {
    if (settings != null
        && settings.optimizer() instanceof OptimizerSettings.Sgd sgd
        && Boolean.TRUE.equals(sgd.nesterov())
        && (sgd.momentum() == null || sgd.momentum() == 0)) {
      errors.add("#/training/optimizer/nesterov", "nesterov needs a momentum above 0, such as 0.9");
    }
  }

  /// The seed of the settings, or the default one.
  static long seed(@Nullable TrainingSettings settings) {
    return settings == null || settings.seed() == null
        ? TrainingSettings.DEFAULT_SEED
        : settings.seed();
  }

  /// Fills in what the settings leave out.
  ///
  /// @param given pass [#check]
  static TrainingPlan of(@Nullable TrainingSettings given, Loss loss) {
    Optimizer optimizer =
        given == null || given.optimizer() == null
            ? new Optimizer.Adam(Optimizer.Adam.DEFAULT_LEARNING_RATE)
            : given.optimizer().toOptimizer();
    int epochs =
        given == null || given.epochs() == null ? TrainingSettings.DEFAULT_EPOCHS : given.epochs();
    BatchSize batchSize =
        given == null || given.batchSize() == null
            ? new BatchSize.Rows(BatchSize.Rows.DEFAULT_SIZE)
            : given.batchSize();
    boolean shuffle = given == null || given.shuffle() == null || given.shuffle();
    long seed = seed(given);
    TrainingSettings.StopWhen stopWhen = given == null ? null : given.stopWhen();
    Double seconds = stopWhen == null ? null : stopWhen.seconds();
    return new TrainingPlan(
        new TrainingSettings(
            loss,
            OptimizerSettings.of(optimizer),
            new ScheduleSettings(ScheduleSettings.Type.CONSTANT),
            epochs,
            batchSize,
            shuffle,
            seed,
            stopWhen),
        new TrainingSpec(
            loss,
            optimizer,
            new Schedule.Constant(),
            epochs,
            batchSize,
            shuffle,
            seed,
            stopWhen == null ? null : stopWhen.trainingLoss()),
        seconds == null
            ? null
            : Duration.ofNanos((long) (Math.min(seconds, LONGEST_SECONDS) * 1e9)));
  }
}
