package dev.backprop.job;

import dev.backprop.core.metric.Metric;
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
import dev.backprop.core.train.Watched;
import dev.backprop.model.spec.EarlyStoppingSettings;
import dev.backprop.model.spec.GradientClippingSettings;
import dev.backprop.model.spec.LbfgsSettings;
import dev.backprop.model.spec.NetworkSettings;
import dev.backprop.model.spec.OptimizerSettings;
import dev.backprop.model.spec.RpropSettings;
import dev.backprop.model.spec.ScheduleSettings;
import dev.backprop.model.spec.SgdSettings;
import dev.backprop.model.spec.TrainingSettings;
import dev.backprop.problem.InputErrors;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The training of a spec with every default filled in.
///
/// @param settings for the caller
/// @param spec for the trainer
/// @param timeLimit from the start of the training, or null
/// @param threads that it asks for
record TrainingPlan(
    TrainingSettings settings, TrainingSpec spec, @Nullable Duration timeLimit, int threads) {

  /// A limit longer than this is none.
  private static final double LONGEST_SECONDS = 1e9;

  private static final String OBJECTIVE =
      "lbfgs learns from how the gradient changes between steps and needs the same objective in each;"
          + " leave this out, or take another optimizer, such as adam";

  /// Adds all that does not fit within the settings.
  ///
  /// @param validated whether there are validation rows
  static void check(@Nullable TrainingSettings settings, boolean validated, InputErrors errors) {
    if (settings == null) {
      return;
    }
    EarlyStoppingSettings stopping = settings.earlyStopping();
    Watched watched = stopping == null ? null : stopping.metric();
    if (watched != null && watched.isOfValidation() && !validated) {
      errors.add(
          "#/training/earlyStopping/metric",
          "there are no validation rows: give a validation, such as {\"fraction\": 0.2}, or watch"
              + " the "
              + Words.of(watched.ofTraining()));
    }
    if (settings.gradientClipping() != null) {
      check(settings.gradientClipping(), errors);
    }
    if (settings.optimizer() instanceof SgdSettings sgd) {
      check(sgd, errors);
    }
    if (settings.optimizer() instanceof RpropSettings rprop) {
      checkFullBatchOfOwnSteps("rprop", settings, errors);
      check(rprop, errors);
    }
    if (settings.optimizer() instanceof LbfgsSettings) {
      checkFullBatchOfOwnSteps("lbfgs", settings, errors);
      checkSmooth(settings, errors);
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

  private static void checkFullBatchOfOwnSteps(
      String optimizer, TrainingSettings settings, InputErrors errors) {
    if (settings.batchSize() instanceof BatchSize.Rows rows) {
      errors.add(
          "#/training/batchSize",
          "%s needs the gradient of all rows, not of %d: set batchSize to \"full\", or take another optimizer, such as adam"
              .formatted(optimizer, rows.size()));
    }
    if (settings.schedule() != null
        && !new ScheduleSettings.Constant(null).equals(settings.schedule())) {
      errors.add(
          "#/training/schedule",
          "the steps of %s find their own size; leave the schedule out, or take another optimizer, such as adam"
              .formatted(optimizer));
    }
  }

  private static void checkSmooth(TrainingSettings settings, InputErrors errors) {
    if (settings.gradientClipping() != null) {
      errors.add(
          "#/training/gradientClipping",
          "lbfgs needs the gradient as it is, and its line search keeps steps from being too"
              + " large; leave gradientClipping out, or take another optimizer, such as adam");
    }
    if (settings.l1() != null && settings.l1() > 0) {
      errors.add(
          "#/training/l1",
          "must be 0 for lbfgs, got %s: |w| has no gradient at 0, where the line search would stop; take l2, or another optimizer, such as adam"
              .formatted(settings.l1()));
    }
  }

  /// Adds what of the network does not work with the batches or the optimizer.
  static void checkNetwork(
      @Nullable TrainingSettings settings, @Nullable NetworkSettings network, InputErrors errors) {
    if (settings == null) {
      return;
    }
    BatchNormalizationCheck.check(settings, network, errors);
    if (!(settings.optimizer() instanceof LbfgsSettings)) {
      return;
    }
    checkAbsent("inputDropout", isAboveZero(settings.inputDropout()), errors);
    checkAbsent("inputNoise", isAboveZero(settings.inputNoise()), errors);
    checkAbsent("maxNorm", settings.maxNorm() != null, errors);
    List<NetworkSettings.Layer> hidden =
        network == null || network.hidden() == null ? List.of() : network.hidden();
    for (int i = 0; i < hidden.size(); i++) {
      NetworkSettings.Layer layer = hidden.get(i);
      if (layer != null && isAboveZero(layer.dropout())) {
        errors.add("#/network/hidden/" + i + "/dropout", OBJECTIVE);
      }
    }
  }

  private static void checkAbsent(String field, boolean given, InputErrors errors) {
    if (given) {
      errors.add("#/training/" + field, OBJECTIVE);
    }
  }

  private static boolean isAboveZero(@Nullable Double value) {
    return value != null && value > 0;
  }

  private static void check(RpropSettings rprop, InputErrors errors) {
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
  /// @param metrics what each epoch measures
  static TrainingPlan of(
      @Nullable TrainingSettings given, Loss loss, boolean validated, List<Metric> metrics) {
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
    boolean layerStatistics = given != null && Boolean.TRUE.equals(given.layerStatistics());
    int threads =
        given == null || given.threads() == null
            ? TrainingSettings.DEFAULT_THREADS
            : given.threads();
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
            stopping == null ? null : EarlyStoppingSettings.of(stopping),
            layerStatistics,
            RowWeights.ofClasses(given),
            metrics,
            threads),
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
            stopping,
            layerStatistics),
        seconds == null
            ? null
            : Duration.ofNanos((long) (Math.min(seconds, LONGEST_SECONDS) * 1e9)),
        threads);
  }
}
