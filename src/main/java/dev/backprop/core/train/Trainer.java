package dev.backprop.core.train;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.linalg.VectorMath;
import dev.backprop.core.metric.Scores;
import dev.backprop.core.metric.Scoring;
import dev.backprop.core.metric.Tally;
import dev.backprop.core.nn.Backprop;
import dev.backprop.core.nn.LayerMeter;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.Overflow;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.TrainingOutcome.Best;
import dev.backprop.core.train.TrainingOutcome.Divergence;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// The loop of the tutorial: forward pass, error, backpropagation, step; batch by batch, epoch by
/// epoch, until something ends it. One use, one thread, whose work [Products#workers] may share.
public final class Trainer {

  /// Rows that are evaluated together, where the training's own batches are smaller.
  private static final int EVALUATION_ROWS = 256;

  private final TrainingSpec spec;
  private final Examples training;
  private final @Nullable MiniBatches validation;
  private final Parameters theta;
  private final MiniBatches batches;
  private final IntUnaryOperator rows;
  private final TrainingNoise noise;
  private final Backprop backprop;
  private final OptimizerState optimizer;
  private final Course course;
  private final Tally trainingTally;
  private final Tally validationTally;
  private final @Nullable LayerMeter layers;
  private final int evaluationRows;
  private final VectorMath.Memory memory = new VectorMath.Memory();
  private final BatchObjective objective;

  /// Whether the loss of an epoch is exactly that of the parameters before its only step. With
  /// dropout or noise it is not: it is that of a network with units left out or inputs disturbed.
  /// Nor is it with batch normalization, by the statistics of the batch.
  private final boolean measuredBeforeStep;

  /// Whether the last step has evaluated the objective where it ended: the next epoch begins there.
  private boolean reached;

  private Scores trainingScores = Scores.NONE;
  private int epochs;
  private @Nullable EpochReport report;
  private final BestParameters best = new BestParameters();
  private @Nullable Divergence divergence;

  /// The epoch that has begun, or null between two of them.
  private @Nullable RunningEpoch running;

  /// Of the present call.
  private TrainingMonitor monitor = TrainingMonitor.NONE;

  /// Prepares a training that measures nothing but the loss.
  ///
  /// @throws IllegalArgumentException as below
  public Trainer(
      TrainingSpec spec,
      Parameters initial,
      Examples training,
      @Nullable Examples validation,
      Products products) {
    this(spec, initial, training, validation, new Scoring.None(), products);
  }

  /// Prepares a training, all its memory included.
  ///
  /// @param initial the parameters to start from; they are not changed
  /// @param training examples to learn from
  /// @param validation examples to measure with after each epoch, or null
  /// @param scoring what to measure beside the loss
  /// @throws IllegalArgumentException if the shapes do not fit, the loss does not fit the output,
  ///   early stopping watches a validation that there is not, or batch normalization has batches of
  ///   a single row
  public Trainer(
      TrainingSpec spec,
      Parameters initial,
      Examples training,
      @Nullable Examples validation,
      Scoring scoring,
      Products products) {
    initial.spec().requireFit(training.x(), training.y());
    if (validation != null) {
      initial.spec().requireFit(validation.x(), validation.y());
    }
    course = new Course(spec, validation != null);
    this.spec = spec;
    this.training = training;
    trainingTally = newTally(scoring, training);
    validationTally = newTally(scoring, validation);
    theta = initial.copy();
    batches = new MiniBatches(training, spec.batchSize(), spec.shuffle(), spec.seed());
    rows = batches::index;
    if (theta.spec().hasBatchNormalization() && batches.maximumRows() == 1) {
      throw new IllegalArgumentException(
          "batch normalization needs batches of at least 2 rows, not 1");
    }
    noise = new TrainingNoise(theta.spec(), spec, batches.maximumRows(), products.workers());
    int most = Math.max(training.rows(), validation == null ? 0 : validation.rows());
    evaluationRows = Math.max(batches.maximumRows(), Math.min(EVALUATION_ROWS, most));
    this.validation = validation == null ? null : new MiniBatches(validation, evaluationRows);
    Network network = new Network(theta, products);
    backprop = new Backprop(network, spec.loss(), evaluationRows, products);
    objective = new BatchObjective(backprop, spec, this::isStopRequested, products.workers());
    layers = spec.layerStatistics() ? new LayerMeter(backprop) : null;
    optimizer = spec.optimizer().newState(theta.values().length);
    measuredBeforeStep =
        batches.count() == 1
            && validation == null
            && noise.isNone()
            && !theta.spec().hasBatchNormalization();
  }

  private static Tally newTally(Scoring scoring, @Nullable Examples examples) {
    return examples == null ? Tally.none() : scoring.newTally(examples.y(), examples.w());
  }

  /// Trains to the end, whatever pauses are requested.
  ///
  /// @param watching hears of each epoch, may end the training before any mini-batch, and may
  ///   change some settings before any epoch
  public TrainingOutcome train(TrainingMonitor watching) {
    return Objects.requireNonNull(train(watching, false));
  }

  /// Trains to the end or until a pause.
  ///
  /// A pause changes no bit of what comes out: the next call goes on with the mini-batch that was
  /// next, on whatever thread it is made.
  ///
  /// @param watching as above, and may pause the training before any mini-batch
  /// @return null if it was paused
  public @Nullable TrainingOutcome trainOrPause(TrainingMonitor watching) {
    return train(watching, true);
  }

  private @Nullable TrainingOutcome train(TrainingMonitor watching, boolean pausable) {
    monitor = watching;
    return memory.keepFor(() -> train(pausable));
  }

  private @Nullable TrainingOutcome train(boolean pausable) {
    StopReason reason = null;
    while (reason == null) {
      reason = running == null && isOver() ? StopReason.EPOCHS : monitor.stopRequested();
      if (reason == null) {
        if (pausable && monitor.isPauseRequested()) {
          return null;
        }
        reason = trainBatch();
      }
    }
    measureLastParameters();
    if (report != null && best.get() == null && divergence == null) {
      divergence = divergence(epochs, batches.count(), report.trainingLoss());
    }
    if (divergence != null) {
      reason = StopReason.DIVERGED;
    }
    return new TrainingOutcome(reason, epochs, theta, best.get(), divergence);
  }

  /// A copy of the best parameters so far, or null before the first epoch has ended. For any thread
  /// at any time.
  public @Nullable Best bestSoFar() {
    return best.copy();
  }

  /// Whether all epochs are complete, those that were added at the last moment too.
  private boolean isOver() {
    if (epochs >= course.epochs()) {
      course.steer(monitor.steering(epochs + 1));
    }
    return epochs >= course.epochs();
  }

  /// The next epoch, or null if its settings leave it out.
  private @Nullable RunningEpoch begin() {
    int epoch = epochs + 1;
    course.steer(monitor.steering(epoch));
    if (epoch > course.epochs()) {
      return null;
    }
    batches.start(epoch);
    if (!reached) {
      trainingTally.reset();
    }
    if (layers != null) {
      layers.reset();
    }
    running = new RunningEpoch(epoch, course.learningRate(epoch));
    return running;
  }

  /// The next mini-batch.
  private @Nullable StopReason trainBatch() {
    RunningEpoch epoch = running == null ? begin() : running;
    if (epoch == null) {
      return StopReason.EPOCHS;
    }
    int index = epoch.batches();
    Examples batch = batches.batch(index);
    double loss = reached ? objective.loss() : gradients(batch, epoch.number());
    if (!Double.isFinite(loss)) {
      divergence = divergence(epoch.number(), index + 1, loss);
      return StopReason.DIVERGED;
    }
    if (!reached) {
      trainingTally.add(backprop.outputs(), batch.y(), batch.w());
    }
    boolean last = index == batches.count() - 1;
    if (last) {
      trainingScores = trainingTally.scores();
    }
    EpochReport measured =
        measuredBeforeStep ? report(epoch.number(), loss, null, epoch.learningRate()) : null;
    if (measured != null) {
      offer(measured);
    }
    if (layers != null) {
      layers.addBatch();
    }
    step(batch, loss, epoch.learningRate());
    epoch.add(loss * batch.rows());
    if (!last) {
      return null;
    }
    running = null;
    return measured == null ? measureEpoch(epoch) : endEpoch(measured);
  }

  /// A divergence that began in what the last pass went through.
  private Divergence divergence(int epoch, int batch, double loss) {
    return new Divergence(epoch, batch, loss, Overflow.in(backprop));
  }

  private boolean isStopRequested() {
    return monitor.stopRequested() != null;
  }

  /// L of the present batch and its gradients, with noise and dropout.
  private double gradients(Examples batch, int epoch) {
    Matrix x = noise.inputs(batch.x(), epoch, rows);
    return backprop.gradients(x, batch.y(), batch.w(), noise.masks(batch.rows(), epoch, rows));
  }

  /// A step down the gradient of loss and penalty together.
  private void step(Examples batch, double loss, double learningRate) {
    backprop.updateStatistics();
    if (!reached) {
      objective.begin(batch, loss);
    }
    int evaluations = objective.evaluations();
    boolean measured = optimizer.step(objective, learningRate);
    spec.regularization().constrainInPlace(theta);
    // the gradient there has the penalty's in it, which the statistics of layers leave out
    reached = measured && batches.count() == 1 && noise.isNone() && layers == null;
    if (reached && objective.evaluations() > evaluations) {
      trainingTally.reset();
      trainingTally.add(backprop.outputs(), batch.y(), batch.w());
    }
  }

  private @Nullable StopReason measureEpoch(RunningEpoch epoch) {
    Double validationLoss = validation == null ? null : evaluate(validation, validationTally);
    if (validationLoss != null && !Double.isFinite(validationLoss)) {
      divergence = divergence(epoch.number(), batches.count(), validationLoss);
      return StopReason.DIVERGED;
    }
    double trainingLoss = epoch.sum() / training.rows();
    EpochReport measured =
        report(epoch.number(), trainingLoss, validationLoss, epoch.learningRate());
    offer(measured);
    return endEpoch(measured);
  }

  private @Nullable StopReason endEpoch(EpochReport measured) {
    EpochReport ended = layers == null ? measured : measured.withLayers(layers.statistics());
    report = ended;
    epochs = ended.epoch();
    monitor.epochEnded(ended);
    return course.epochEnded(ended);
  }

  private EpochReport report(
      int epoch, double trainingLoss, @Nullable Double validationLoss, double learningRate) {
    return new EpochReport(
        epoch,
        trainingLoss,
        validationLoss,
        learningRate,
        trainingScores,
        validationTally.scores());
  }

  /// L over any number of examples, or of the first part whose own is not finite.
  ///
  /// @param tally receives their metrics
  private double evaluate(MiniBatches parts, Tally tally) {
    tally.reset();
    double sum = 0;
    for (int i = 0; i < parts.count(); i++) {
      Examples part = parts.batch(i);
      sum += backprop.loss(part.x(), part.y(), part.w()) * part.rows();
      if (!Double.isFinite(sum)) {
        return sum;
      }
      tally.add(backprop.outputs(), part.y(), part.w());
    }
    return sum / parts.rows();
  }

  /// Keeps the present parameters if they are the best so far.
  private void offer(EpochReport candidate) {
    Best old = best.get();
    if ((old == null || course.isBetter(candidate, old.report())) && theta.areFinite()) {
      best.keep(theta, candidate);
    }
  }

  /// Measures what training has not: the parameters after the last step of full batches, which may
  /// be the best, and the best of mini-batches, dropout, noise or batch normalization, whose epoch
  /// measured other networks. Parameters whose own loss is not finite are never the best.
  private void measureLastParameters() {
    Best candidate = best.get();
    EpochReport last = report;
    if (validation != null || candidate == null || last == null) {
      return;
    }
    if (measuredBeforeStep) {
      double loss = evaluate(batches, trainingTally);
      if (!theta.areFinite() || !Double.isFinite(loss)) {
        return;
      }
      trainingScores = trainingTally.scores();
      EpochReport present = report(last.epoch(), loss, null, last.learningRate());
      if (course.isBetter(present, candidate.report())) {
        best.keep(theta, last);
      }
      return;
    }
    Parameters present = theta.copy();
    theta.copyFrom(candidate.parameters());
    MiniBatches parts = new MiniBatches(training, evaluationRows);
    if (!Double.isFinite(evaluate(parts, trainingTally))) {
      best.forget();
      divergence =
          divergence == null
              ? divergence(epochs, batches.count(), last.trainingLoss())
              : divergence;
    }
    theta.copyFrom(present);
  }
}
