package dev.backprop.core.train;

import dev.backprop.core.nn.Loss;
import org.jspecify.annotations.Nullable;

/// How to train.
///
/// @param loss what to minimize
/// @param optimizer how gradients become steps
/// @param schedule how the learning rate changes
/// @param epochs how often to go through the rows, at most
/// @param batchSize how many rows make one step
/// @param shuffle whether each epoch takes the rows in another order; a full batch has no order
/// @param seed decides the orders, the noise and what dropout leaves out
/// @param regularization keeps the network from learning its rows by heart
/// @param gradientClipping keeps gradients from making too large a step
/// @param targetLoss a training loss at which to stop, or null
/// @param earlyStopping ends the training when it no longer gets better, or null
/// @param layerStatistics whether each epoch measures its layers too
public record TrainingSpec(
    Loss loss,
    Optimizer optimizer,
    Schedule schedule,
    int epochs,
    BatchSize batchSize,
    boolean shuffle,
    long seed,
    Regularization regularization,
    GradientClipping gradientClipping,
    @Nullable Double targetLoss,
    @Nullable EarlyStopping earlyStopping,
    boolean layerStatistics) {

  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException if epochs is below 1, targetLoss not a number from 0 on, the
  ///   optimizer needs full batches and has none, or lbfgs a gradient that is not its loss's
  public TrainingSpec {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, not " + epochs);
    }
    if (targetLoss != null && !(targetLoss >= 0 && targetLoss <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "targetLoss must be a number from 0 on, not " + targetLoss);
    }
    if (optimizer.needsFullBatch() && !(batchSize instanceof BatchSize.Full)) {
      throw new IllegalArgumentException(optimizer + " needs full batches, not " + batchSize);
    }
    if (optimizer instanceof Lbfgs && !(gradientClipping instanceof GradientClipping.None)) {
      throw new IllegalArgumentException(
          "lbfgs needs the gradient of what it minimizes, not " + gradientClipping);
    }
    if (optimizer instanceof Lbfgs && regularization.changesTheObjective()) {
      throw new IllegalArgumentException(
          "lbfgs needs the same objective in every step, not " + regularization);
    }
    if (optimizer instanceof Lbfgs && regularization.l1() > 0) {
      throw new IllegalArgumentException(
          "lbfgs needs a smooth penalty, not l1 " + regularization.l1());
    }
  }

  /// Without statistics of layers.
  ///
  /// @throws IllegalArgumentException as above
  public TrainingSpec(
      Loss loss,
      Optimizer optimizer,
      Schedule schedule,
      int epochs,
      BatchSize batchSize,
      boolean shuffle,
      long seed,
      Regularization regularization,
      GradientClipping gradientClipping,
      @Nullable Double targetLoss,
      @Nullable EarlyStopping earlyStopping) {
    this(
        loss,
        optimizer,
        schedule,
        epochs,
        batchSize,
        shuffle,
        seed,
        regularization,
        gradientClipping,
        targetLoss,
        earlyStopping,
        false);
  }

  /// The same with another number of epochs; a schedule goes on as it was made.
  public TrainingSpec withEpochs(int other) {
    return new TrainingSpec(
        loss,
        optimizer,
        schedule,
        other,
        batchSize,
        shuffle,
        seed,
        regularization,
        gradientClipping,
        targetLoss,
        earlyStopping,
        layerStatistics);
  }

  /// Without a penalty, clipping and early stopping.
  ///
  /// @throws IllegalArgumentException as above
  public TrainingSpec(
      Loss loss,
      Optimizer optimizer,
      Schedule schedule,
      int epochs,
      BatchSize batchSize,
      boolean shuffle,
      long seed,
      @Nullable Double targetLoss) {
    this(
        loss,
        optimizer,
        schedule,
        epochs,
        batchSize,
        shuffle,
        seed,
        Regularization.NONE,
        new GradientClipping.None(),
        targetLoss,
        null);
  }
}
