package dev.backprop.job;

import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.List;

/// How many jobs may keep their memory while they do not train, and how much of it, so that nobody
/// fills the heap by pausing.
final class PauseLimit {

  private final JobProperties properties;

  PauseLimit(JobProperties properties) {
    this.properties = properties;
  }

  /// Checks whether one more may be paused.
  ///
  /// @param all that have not ended
  /// @throws ProblemException [ProblemType#CONFLICT] if not
  void requireRoom(Job next, List<Job> all) {
    List<Job> aside = all.stream().filter(job -> job.isAside() && job != next).toList();
    if (aside.size() >= properties.maxPaused()) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "%s paused or wait to go on after a pause, as many as backprop.jobs.max-paused allows. Resume or cancel one first, or cancel this one, which keeps its best parameters as a model."
              .formatted(aside.size() == 1 ? "1 job is" : aside.size() + " jobs are"));
    }
    double memory = aside.stream().mapToDouble(Job::trainingBytes).sum() + next.trainingBytes();
    long limit = properties.maxPausedMemory().bytes();
    if (memory > limit) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "The jobs that are paused and this one keep about %s of memory, more than the %s of backprop.jobs.max-paused-memory. Resume or cancel one first, or cancel this one, which keeps its best parameters as a model."
              .formatted(Words.bytes(memory), Words.bytes((double) limit)));
    }
  }
}
