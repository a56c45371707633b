package dev.backprop.core.train;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps every report, and cancels when it has been asked often enough.
final class RecordingMonitor implements TrainingMonitor {

  private final List<EpochReport> reports = new ArrayList<>();
  private final long batches;
  private long asked;

  /// Lets the training run to its end.
  RecordingMonitor() {
    this(Long.MAX_VALUE);
  }

  /// Cancels after so many batches.
  RecordingMonitor(long batches) {
    this.batches = batches;
  }

  @Override
  public @Nullable StopReason stopRequested() {
    return asked++ < batches ? null : StopReason.CANCELLED;
  }

  @Override
  public void epochEnded(EpochReport report) {
    reports.add(report);
  }

  List<EpochReport> reports() {
    return reports;
  }

  double[] trainingLosses() {
    return reports.stream().mapToDouble(EpochReport::trainingLoss).toArray();
  }
}
