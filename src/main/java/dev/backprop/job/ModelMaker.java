package dev.backprop.job;

import dev.backprop.core.metric.Calibration;
import dev.backprop.core.nn.Parameters;
import dev.backprop.model.CrossValidation;
import dev.backprop.model.Lineage;
import dev.backprop.model.Metrics;
import dev.backprop.model.Model;
import dev.backprop.model.ParametersHash;
import dev.backprop.model.TrainingSummary;
import org.jspecify.annotations.Nullable;

/// Makes the model of a job, with all that is known of how it came to be.
///
/// @param job whose training has ended
record ModelMaker(Job job, PreparedJob prepared, TrainingRun.Tools tools) {

  /// The model.
  ///
  /// @param epochs that the training went through
  Model make(
      int version,
      Parameters parameters,
      Metrics metrics,
      int epochs,
      @Nullable Calibration calibration,
      @Nullable CrossValidation crossValidation) {
    Job.Trace trace = job.trace();
    return new Model(
        prepared.name(),
        version,
        tools.clock().instant(),
        prepared.task(),
        trace.spec().ofModel(),
        prepared.preprocessor(),
        parameters,
        metrics,
        lineage(parameters, epochs, trace),
        crossValidation,
        calibration,
        summary());
  }

  private Lineage lineage(Parameters parameters, int epochs, Job.Trace trace) {
    return new Lineage(
        job.id(),
        prepared.dataset().sha256(),
        prepared.training().seed(),
        tools.codeVersion(),
        ParametersHash.of(parameters),
        prepared.source() == null ? null : prepared.source().parent(),
        prepared.validation() == null ? null : prepared.validation().sha256(),
        epochs,
        trace.changes(),
        null);
  }

  private TrainingSummary summary() {
    return new TrainingSummary(
        prepared.trainingRows().count(),
        prepared.validationRows().count(),
        job.events().curve(TrainingSummary.POINTS).stream()
            .map(
                epoch ->
                    new TrainingSummary.Point(
                        epoch.epoch(), epoch.trainingLoss(), epoch.validationLoss()))
            .toList());
  }
}
