package dev.backprop.job;

import dev.backprop.core.linalg.Products;
import dev.backprop.core.train.Examples;
import dev.backprop.core.train.Trainer;
import dev.backprop.core.train.TrainingMonitor;
import dev.backprop.core.train.TrainingOutcome;
import org.jspecify.annotations.Nullable;

/// The training of a job's model, which a pause leaves as it is: the encoded rows, and the trainer
/// until it has ended.
final class ModelTraining {

  private final Examples rows;
  private final @Nullable Examples validation;
  private volatile @Nullable Trainer trainer;
  private volatile @Nullable TrainingOutcome outcome;

  ModelTraining(PreparedJob prepared, Products products) {
    rows = prepared.trainingRows().encode(prepared.preprocessor());
    ExampleRows validationRows = prepared.validationRows();
    validation =
        validationRows.count() == 0 ? null : validationRows.encode(prepared.preprocessor());
    trainer =
        new Trainer(
            prepared.training(),
            prepared.startingParameters(),
            rows,
            validation,
            prepared.scoring(),
            products);
  }

  Examples rows() {
    return rows;
  }

  @Nullable Examples validation() {
    return validation;
  }

  /// Trains to the end, after which the trainer's memory is free, or until a pause.
  ///
  /// @return null if it was paused
  @Nullable TrainingOutcome trainOrPause(TrainingMonitor monitor) {
    Trainer current = trainer;
    if (current != null) {
      outcome = current.trainOrPause(monitor);
      trainer = outcome == null ? current : null;
    }
    return outcome;
  }

  /// The best parameters so far, which nobody changes; null before the first epoch has ended. For
  /// any thread.
  TrainingOutcome.@Nullable Best bestSoFar() {
    Trainer current = trainer;
    if (current != null) {
      return current.bestSoFar();
    }
    TrainingOutcome end = outcome;
    return end == null ? null : end.best();
  }
}
