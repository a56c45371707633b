package dev.backprop.job.event;

import dev.backprop.core.train.EpochReport;
import java.time.Instant;

/// An epoch as the log has it.
///
/// @param seq its number in the log
/// @param millis when it ended, since 1970
record LoggedEpoch(long seq, long millis, EpochReport report) {

  JobEvent.EpochEvent event() {
    return new JobEvent.EpochEvent(
        seq,
        Instant.ofEpochMilli(millis),
        report.epoch(),
        report.trainingLoss(),
        report.validationLoss(),
        report.learningRate(),
        MetricNames.of(report),
        LayerState.of(report.layers()));
  }
}
