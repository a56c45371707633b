package dev.backprop.job;

import dev.backprop.core.nn.Loss;
import dev.backprop.core.train.Adam;
import dev.backprop.core.train.BatchSize;
import dev.backprop.core.train.EarlyStopping;
import dev.backprop.core.train.GradientClipping;
import dev.backprop.core.train.Optimizer;
import dev.backprop.core.train.Regularization;
import dev.backprop.core.train.Rprop;
import dev.backprop.core.train.Schedule;
import dev.backprop.core.train.TrainingSpec;
import dev.backprop.model.spec.EarlyStoppingSettings;
import dev.backprop.model.spec.GradientClippingSettings;
import dev.backprop.model.spec.OptimizerSettings;
import dev.backprop.model.spec.RpropSettings;
import dev.backprop.model.spec.ScheduleSettings;
import dev.backprop.model.spec.SgdSettings;
import dev.backprop.model.spec.TrainingSettings;
import dev.backprop.problem.InputErrors;
import java.time.Duration;
import java.util.Objects;
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
  ///
  /// @param validated whether there are validation rows
  static void check(@Nullable TrainingSettings settings, boolean validated, InputErrors errors) {
    if (settings == null) {
      return;
    }
    EarlyStoppingSettings stopping = settings.earlyStopping();
    if (stopping != null
        && stopping.metric() == EarlyStopping.Metric.VALIDATION_LOSS
        && !validated) {
      errors.add(
          "#/training/earlyStopping/metric",
          "there are no validation rows: give a validation, such as {\"fraction\": 0.2}, or watch"
              + " the trainingLoss");
    }
    if (settings.gradientClipping() != null) {
      check(settings.gradientClipping(), errors);
    }
    if (settings.optimizer() instanceof SgdSettings sgd) {
      check(sgd, errors);
    }
    if (settings.optimizer() instanceof RpropSettings rprop) {
      check(rprop, settings.batchSize(), errors);
      if (settings.schedule() != null
          && !new ScheduleSettings.Constant(null).equals(settings.schedule())) {
        errors.add(
            "#/training/schedule",
            "the steps of rprop find their own size; leave the schedule out, or take another"
                + " optimizer, such as adam");
      }
    }
  }

  private static void check(GradientClippingSettings clipping, InputErrors errors) {
    if ((clipping.norm() == null) == (clipping.value() == null)) {
      errors.add(
          "#/training/gradientClipping",
          clipping.norm() == null
              ? "needs a norm, such as 1.0, or a value"
              : "takes a norm or a value, not both");
    }
  }

  private static void check(SgdSettings sgd, InputErrors errors) {
    if (Boolean.TRUE.equals(sgd.nesterov()) && (sgd.momentum() == null || sgd.momentum() == 0)) {
      errors.add("#/training/optimizer/nesterov", "nesterov needs a momentum above 0, such as 0.9");
    }
  }

  private static void check(
      RpropSettings rprop, @Nullable BatchSize batchSize, InputErrors errors) {
    if (batchSize instanceof BatchSize.Rows rows) {
      errors.add(
          "#/training/batchSize",
          "rprop needs the gradient of all rows, not of "
              + rows.size()
              + ": set batchSize to \"full\", or take another optimizer, such as adam");
    }
    double smallest = Objects.requireNonNullElse(rprop.smallestStep(), Rprop.DEFAULT_SMALLEST_STEP);
    double largest = Objects.requireNonNullElse(rprop.largestStep(), Rprop.DEFAULT_LARGEST_STEP);
    if (largest < smallest) {
      errors.add(
          "#/training/optimizer/largestStep",
          "must not be below smallestStep, %s, got %s".formatted(smallest, largest));
    }
  }

  /// The seed of the settings, or the default one.
  static long seed(@Nullable TrainingSettings settings) {
    return settings == null || settings.seed() == null
        ? TrainingSettings.DEFAULT_SEED
        : settings.seed();
  }

  private static BatchSize defaultBatchSize(Optimizer optimizer) {
    return optimizer.needsFullBatch()
        ? new BatchSize.Full()
        : new BatchSize.Rows(BatchSize.Rows.DEFAULT_SIZE);
  }

  /// Fills in what the settings leave out.
  ///
  /// @param given pass [#check]
  /// @param validated whether there are validation rows
  static TrainingPlan of(@Nullable TrainingSettings given, Loss loss, boolean validated) {
    Optimizer optimizer =
        given == null || given.optimizer() == null
            ? new Adam(Adam.DEFAULT_LEARNING_RATE)
            : given.optimizer().toOptimizer();
    int epochs =
        given == null || given.epochs() == null ? TrainingSettings.DEFAULT_EPOCHS : given.epochs();
    Schedule schedule =
        given == null || given.schedule() == null
            ? new Schedule.Constant()
            : given.schedule().toSchedule(epochs);
    BatchSize batchSize =
        given == null || given.batchSize() == null
            ? defaultBatchSize(optimizer)
            : given.batchSize();
    boolean shuffle = given == null || given.shuffle() == null || given.shuffle();
    long seed = seed(given);
    double l1 = given == null || given.l1() == null ? 0 : given.l1();
    double l2 = given == null || given.l2() == null ? 0 : given.l2();
    double inputDropout = given == null || given.inputDropout() == null ? 0 : given.inputDropout();
    double inputNoise = given == null || given.inputNoise() == null ? 0 : given.inputNoise();
    Double maxNorm = given == null ? null : given.maxNorm();
    GradientClippingSettings clipping = given == null ? null : given.gradientClipping();
    TrainingSettings.StopWhen stopWhen = given == null ? null : given.stopWhen();
    EarlyStopping stopping =
        given == null || given.earlyStopping() == null
            ? null
            : given.earlyStopping().toEarlyStopping(validated);
    Double seconds = stopWhen == null ? null : stopWhen.seconds();
    return new TrainingPlan(
        new TrainingSettings(
            loss,
            OptimizerSettings.of(optimizer),
            ScheduleSettings.of(schedule),
            epochs,
            batchSize,
            shuffle,
            seed,
            l1,
            l2,
            inputDropout,
            inputNoise,
            maxNorm,
            clipping,
            stopWhen,
            stopping == null ? null : EarlyStoppingSettings.of(stopping)),
        new TrainingSpec(
            loss,
            optimizer,
            schedule,
            epochs,
            batchSize,
            shuffle,
            seed,
            new Regularization(l1, l2, inputDropout, inputNoise, maxNorm),
            clipping == null ? new GradientClipping.None() : clipping.toGradientClipping(),
            stopWhen == null ? null : stopWhen.trainingLoss(),
            stopping),
        seconds == null
            ? null
            : Duration.ofNanos((long) (Math.min(seconds, LONGEST_SECONDS) * 1e9)));
  }
}
