package dev.backprop.job;

import dev.backprop.core.linalg.Products;
import dev.backprop.core.metric.Tally;
import dev.backprop.core.nn.Backprop;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.BatchSize;
import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.Examples;
import dev.backprop.core.train.Schedule;
import dev.backprop.core.train.StopReason;
import dev.backprop.core.train.Trainer;
import dev.backprop.core.train.TrainingMonitor;
import dev.backprop.core.train.TrainingSpec;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Measures how long an epoch of a job will take: trains on at most [#BATCHES] of its mini-batches
/// again and again for [#TRAINING], and looks at validation rows for [#VALIDATION].
///
/// Begun anew every [#PASSES] epochs, so that neither a divergence nor a loss near 0 changes what
/// is measured. It takes the threads that the job asks for, as far as they are free.
final class Calibration {

  static final int BATCHES = 16;

  private static final Duration TRAINING = Duration.ofMillis(800);
  private static final Duration VALIDATION = Duration.ofMillis(200);
  private static final int PASSES = 20;

  /// More laps would not tell more.
  private static final int MOST_LAPS = 50_000;

  /// Rows that are evaluated together.
  private static final int EVALUATION_ROWS = 256;

  /// Floating-point operations of a mini-batch, some 0.2 s. Of a larger one a part is measured.
  private static final double MOST_WORK = 4e9;

  private static final double OPERATIONS = 6;

  /// Inputs and targets of a mini-batch, 16 MB.
  private static final int MOST_CELLS = 4_000_000;

  /// Of what is free, the rest of which others may need.
  private static final double MOST_MEMORY = 0.5;

  private final Products products;
  private final Helpers helpers;
  private final LongSupplier nanoTime;
  private final LongSupplier freeMemory;

  /// @param nanoTime measures durations, as [System#nanoTime] does
  /// @param freeMemory bytes of the heap that are not in use
  Calibration(Products products, Helpers helpers, LongSupplier nanoTime, LongSupplier freeMemory) {
    this.products = products;
    this.helpers = helpers;
    this.nanoTime = nanoTime;
    this.freeMemory = freeMemory;
  }

  /// Seconds of an epoch; null if there is too little memory to measure them, or if the loss of the
  /// very first rows is not finite.
  @Nullable Double secondsPerEpoch(PreparedJob job) {
    ExampleRows rows = job.trainingRows();
    ExampleRows validationRows = job.validationRows();
    int all = rows.count();
    int ofBatch = job.training().batchSize().rows(all);
    int batch = Math.min(ofBatch, mostRows(job.network()));
    int batches = Math.min(BATCHES, all / ofBatch);
    TrainingSpec spec = spec(job.training(), batch);
    double memory = JobLimits.memory(job.network(), spec, batches * batch, batches * batch);
    if (memory > MOST_MEMORY * freeMemory.getAsLong()) {
      return null;
    }
    try (var crew = helpers.crew(job.threads())) {
      Products shared = products.sharedAmong(crew);
      Parameters initial = job.initializer().initialize(job.network(), spec.seed());
      Stopwatch watch = new Stopwatch(batches);
      Examples examples = rows.sample(batches * batch).encode(job.preprocessor());
      train(job, spec, initial, examples, shared, watch);
      if (watch.steps.count() == 0) {
        return null;
      }
      double validation =
          validationRows.count() == 0
              ? 0
              : validationRows.count()
                  * secondsPerRow(
                      job,
                      initial,
                      validationRows.sample(EVALUATION_ROWS).encode(job.preprocessor()),
                      shared);
      return watch.steps.seconds() * all / batch + watch.restOfEpoch() + validation;
    }
  }

  /// Rows of a mini-batch that are measured; at least 2, which batch normalization needs.
  private static int mostRows(NetworkSpec network) {
    double byWork = MOST_WORK / (OPERATIONS * network.parameterCount());
    double byCells = (double) MOST_CELLS / ((double) network.inputs() + network.outputs());
    return Math.max(2, (int) Math.min(byWork, byCells));
  }

  /// The same steps without an end that comes from the losses.
  private static TrainingSpec spec(TrainingSpec spec, int batch) {
    boolean full = spec.batchSize() instanceof BatchSize.Full;
    return new TrainingSpec(
        spec.loss(),
        spec.optimizer(),
        new Schedule.Constant(),
        PASSES,
        full ? spec.batchSize() : new BatchSize.Rows(batch),
        spec.shuffle(),
        spec.seed(),
        spec.regularization(),
        spec.gradientClipping(),
        null,
        null,
        spec.layerStatistics());
  }

  private void train(
      PreparedJob job,
      TrainingSpec spec,
      Parameters initial,
      Examples examples,
      Products shared,
      Stopwatch watch) {
    int before = -1;
    while (!watch.isOver() && watch.steps.count() > before) {
      before = watch.steps.count();
      watch.begun = false; // a divergence leaves an epoch unfinished
      new Trainer(spec, initial, examples, null, job.scoring(), shared).train(watch);
    }
  }

  private double secondsPerRow(
      PreparedJob job, Parameters parameters, Examples examples, Products shared) {
    Backprop backprop =
        new Backprop(
            new Network(parameters, shared), job.training().loss(), examples.rows(), shared);
    Tally tally = job.scoring().newTally(examples.y(), examples.w());
    Laps laps = new Laps();
    long start = nanoTime.getAsLong();
    long end = start + VALIDATION.toNanos();
    while (start < end && laps.count() < MOST_LAPS) {
      tally.reset();
      backprop.loss(examples.x(), examples.y(), examples.w());
      tally.add(backprop.outputs(), examples.y(), examples.w());
      tally.scores();
      long now = nanoTime.getAsLong();
      laps.add(now - start);
      start = now;
    }
    return laps.seconds() / examples.rows();
  }

  /// Times mini-batches, and what an epoch does after its last one.
  private final class Stopwatch implements TrainingMonitor {

    private final boolean several;
    private final long end = nanoTime.getAsLong() + TRAINING.toNanos();
    private final Laps steps = new Laps();
    private final Laps lastSteps = new Laps();
    private boolean begun;
    private long start;

    /// @param batches of an epoch
    Stopwatch(int batches) {
      several = batches > 1;
    }

    boolean isOver() {
      return nanoTime.getAsLong() >= end || steps.count() >= MOST_LAPS;
    }

    /// Between two mini-batches of an epoch. A single one is asked about more often, within the
    /// line search of its step, and lasts to the end of the epoch.
    @Override
    public @Nullable StopReason stopRequested() {
      long now = nanoTime.getAsLong();
      if (begun && several) {
        steps.add(now - start);
      }
      if (!begun || several) {
        start = now;
      }
      begun = true;
      return now >= end || steps.count() >= MOST_LAPS ? StopReason.TIME_LIMIT : null;
    }

    @Override
    public void epochEnded(EpochReport report) {
      (several ? lastSteps : steps).add(nanoTime.getAsLong() - start);
      begun = false;
    }

    double restOfEpoch() {
      return Math.max(0, lastSteps.count() == 0 ? 0 : lastSteps.seconds() - steps.seconds());
    }
  }
}
