package dev.backprop.job;

import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import java.util.List;
import java.util.Optional;

/// Remembers jobs. Safe for use by several threads.
interface JobRepository {

  /// Remembers a job; if that makes too many, the oldest finished ones are forgotten.
  void save(Job job);

  /// The job of an id.
  Optional<Job> find(String id);

  /// A page of jobs, newest first; the cursor is an id.
  Page<Job> list(PageRequest request);

  /// The jobs that have not ended.
  List<Job> unfinished();

  /// The memory that the models of jobs will take that have not ended.
  long promisedBytes();

  /// What jobs start from that have not ended, the same parameters once.
  List<Origin> sources();

  /// Forgets a job.
  void delete(String id);
}
