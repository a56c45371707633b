package dev.backprop.job;

import dev.backprop.core.nn.LayerStatistics;
import dev.backprop.core.train.EpochReport;
import dev.backprop.job.event.EventLog;
import dev.backprop.job.event.LayerNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at each epoch of a training and warns, once of each kind, where it goes wrong although all
/// numbers are finite.
final class TrainingWatch {

  /// A loss so many times the lowest, and above that of the first epoch, is no chance.
  private static final double RISE = 10;

  private final EventLog log;
  private double first = Double.NaN;
  private @Nullable EpochReport lowest;
  private boolean rose;
  private boolean died;

  TrainingWatch(EventLog log) {
    this.log = log;
  }

  void epochEnded(EpochReport report) {
    double loss = report.trainingLoss();
    if (lowest == null) {
      first = loss;
    }
    if (lowest == null || loss < lowest.trainingLoss()) {
      lowest = report;
    } else if (!rose
        && lowest.trainingLoss() > 0
        && loss > first
        && loss > RISE * lowest.trainingLoss()) {
      rose = true;
      log.warning("lossRises", rise(report, lowest));
    }
    if (!died) {
      warnOfDeadLayer(report);
    }
  }

  private static String rise(EpochReport report, EpochReport lowest) {
    return "The training loss of epoch %d, %.3g, is more than %.0f times the lowest so far, %.3g in epoch %d. A smaller learning rate than %s may help, or gradientClipping."
        .formatted(
            report.epoch(),
            report.trainingLoss(),
            RISE,
            lowest.trainingLoss(),
            lowest.epoch(),
            report.learningRate());
  }

  private void warnOfDeadLayer(EpochReport report) {
    List<LayerStatistics> layers = report.layers();
    for (int layer = 0; layer < layers.size() - 1; layer++) {
      if (layers.get(layer).deadUnits() == 1) {
        died = true;
        log.warning(
            "deadLayer",
            "In epoch %d no gradient passed %s: the derivative of each of its units was 0 for every row, so that nothing before it learns. A smaller learning rate or the activation leakyRelu may help."
                .formatted(report.epoch(), LayerNames.inWords(layer, layers.size())));
        return;
      }
    }
  }
}
