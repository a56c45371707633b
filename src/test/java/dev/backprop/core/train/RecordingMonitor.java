package dev.backprop.core.train;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps every report, and cancels when it has been asked often enough.
final class RecordingMonitor implements TrainingMonitor {

  private final List<EpochReport> reports = new ArrayList<>();
  private final long questions;
  private final long epochs;
  private long asked;

  /// Lets the training run to its end.
  RecordingMonitor() {
    this(Long.MAX_VALUE);
  }

  /// Cancels after so many questions: one for each batch, and one for each evaluation of a line
  /// search.
  RecordingMonitor(long questions) {
    this(questions, Long.MAX_VALUE);
  }

  private RecordingMonitor(long questions, long epochs) {
    this.questions = questions;
    this.epochs = epochs;
  }

  /// Cancels after so many epochs.
  static RecordingMonitor afterEpochs(long epochs) {
    return new RecordingMonitor(Long.MAX_VALUE, epochs);
  }

  @Override
  public @Nullable StopReason stopRequested() {
    return asked++ < questions && reports.size() < epochs ? null : StopReason.CANCELLED;
  }

  @Override
  public void epochEnded(EpochReport report) {
    reports.add(report);
  }

  long asked() {
    return asked;
  }

  List<EpochReport> reports() {
    return reports;
  }

  double[] trainingLosses() {
    return reports.stream().mapToDouble(EpochReport::trainingLoss).toArray();
  }
}
