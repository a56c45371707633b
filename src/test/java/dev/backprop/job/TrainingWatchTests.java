package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.nn.LayerStatistics;
import dev.backprop.core.train.EpochReport;
import dev.backprop.job.event.EventLog;
import dev.backprop.job.event.JobEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingWatchTests {

  private final EventLog log = new EventLog(100, JobService.CLOCK);
  private final TrainingWatch watch = new TrainingWatch(log);

  @Test
  void warnsOnceOfALossThatRises() {
    losses(2, 1, 0.1, 1.5, 0.1, 1.9);
    assertThat(warnings()).isEmpty(); // it was worse in the beginning
    losses(2.5, 3, 4);
    assertThat(warnings()).hasSize(1);
    assertThat(warnings().getFirst().code()).isEqualTo("lossRises");
    assertThat(warnings().getFirst().detail())
        .contains("of epoch 7, 2.50,", "the lowest so far, 0.100 in epoch 3", "than 0.25 may help");
  }

  @Test
  void takesASmallRiseForChance() {
    losses(1, 0.9, 1.5, 8, 0.9, 8.9);
    assertThat(warnings()).isEmpty();
  }

  @Test
  void warnsOnceOfALayerThatIsDead() {
    layers(0.25, 0.99);
    assertThat(warnings()).isEmpty();
    layers(0.25, 1);
    layers(1, 1);
    assertThat(warnings()).hasSize(1);
    assertThat(warnings().getFirst().code()).isEqualTo("deadLayer");
    assertThat(warnings().getFirst().detail()).contains("hidden layer 2");
  }

  private int epoch;

  private void losses(double... losses) {
    for (double loss : losses) {
      watch.epochEnded(new EpochReport(++epoch, loss, null, 0.25));
    }
  }

  private void layers(double first, double second) {
    watch.epochEnded(
        new EpochReport(++epoch, 1, null, 0.25)
            .withLayers(
                List.of(
                    new LayerStatistics(1, 1, first),
                    new LayerStatistics(1, 1, second),
                    new LayerStatistics(1, 1, Double.NaN))));
  }

  private List<JobEvent.WarningEvent> warnings() {
    return log.after(0, 100).stream().map(JobEvent.WarningEvent.class::cast).toList();
  }
}
