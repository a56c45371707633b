package dev.backprop.job;

import dev.backprop.core.train.Steering;
import dev.backprop.core.train.TrainingSpec;
import dev.backprop.model.Lineage;
import dev.backprop.model.spec.JobSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a job trains by: its settings as they were given, and the changes on the way. For one
/// thread at a time; the job guards it.
final class JobCourse {

  /// Each is kept with the model.
  static final int MOST_CHANGES = 200;

  private final TreeMap<Integer, Leg> legs = new TreeMap<>();
  private final List<Lineage.Change> changes = new ArrayList<>();

  /// The last epoch that the training asked about.
  private int asked;

  private boolean over;

  JobCourse(Leg first) {
    legs.put(1, first);
  }

  /// What holds from one change to the next.
  ///
  /// @param spec for the caller
  /// @param training for the trainer
  /// @param steering of the training, made once because every epoch asks for it
  /// @param timeLimit of training, or null
  record Leg(JobSpec spec, TrainingSpec training, Steering steering, @Nullable Duration timeLimit) {

    Leg(JobSpec spec, TrainingSpec training, @Nullable Duration timeLimit) {
      this(spec, training, Steering.of(training), timeLimit);
    }

    static Leg of(PreparedJob prepared) {
      return new Leg(prepared.spec(), prepared.training(), prepared.timeLimit());
    }
  }

  /// What holds from the next epoch on.
  Leg newest() {
    return legs.lastEntry().getValue();
  }

  /// What held when the training began.
  Leg first() {
    return legs.firstEntry().getValue();
  }

  /// What holds in an epoch, counted from 1.
  Leg in(int epoch) {
    return legs.floorEntry(epoch).getValue();
  }

  /// The same for the training, which is about to begin this epoch, or is over where that is one
  /// too many.
  Leg begin(int epoch) {
    Leg leg = in(epoch);
    asked = Math.max(asked, epoch);
    over = over || epoch > leg.training().epochs();
    return leg;
  }

  /// The training has no epoch any more.
  void end() {
    over = true;
  }

  /// Whether no change could hold any more.
  boolean isOver() {
    return over;
  }

  /// Epochs that have begun, of which all but the last are complete.
  int begun() {
    return asked;
  }

  /// Whether there have been as many changes as are kept.
  boolean isFull() {
    return changes.size() >= MOST_CHANGES;
  }

  /// Changes what holds from the epoch after those that have begun.
  Lineage.Change change(Leg leg, JsonNode patch) {
    int epoch = asked + 1;
    legs.put(epoch, leg);
    Lineage.Change change = new Lineage.Change(epoch, patch);
    changes.add(change);
    return change;
  }

  /// All changes, those that wait for the next epoch too.
  List<Lineage.Change> changes() {
    return List.copyOf(changes);
  }

  /// The changes that a training has come to.
  List<Lineage.Change> held() {
    return changes.stream().filter(change -> change.epoch() <= asked).toList();
  }
}
