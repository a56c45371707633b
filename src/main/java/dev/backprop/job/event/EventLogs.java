package dev.backprop.job.event;

import dev.backprop.problem.ProblemException;

/// Where the logs of jobs are found.
public interface EventLogs {

  /// The log of a job.
  ///
  /// @throws ProblemException if there is none
  EventLog find(String job);
}
