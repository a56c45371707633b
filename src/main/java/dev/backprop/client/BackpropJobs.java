package dev.backprop.client;

import java.time.Duration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/// Trainings.
///
/// Errors are [BackpropException]s where [BackpropErrors] is set up.
@HttpExchange("/api/v1/jobs")
public interface BackpropJobs {

  /// Puts a training into the queue.
  @PostExchange
  Job submit(@RequestBody JobRequest request);

  /// Puts a training into the queue and waits for its end, for a while.
  ///
  /// @param prefer such as `wait=10`, in seconds
  @PostExchange
  Job submit(@RequestBody JobRequest request, @RequestHeader("Prefer") String prefer);

  /// Puts a training into the queue and waits for its end, for a while.
  ///
  /// @return the job as it is then; it may still be running
  default Job train(JobRequest request, Duration patience) {
    return submit(request, "wait=" + patience.toSeconds());
  }

  /// The job as it is now.
  @GetExchange("/{id}")
  Job get(@PathVariable("id") String id);

  /// Ends the job; what it has learned becomes a model.
  @PostExchange("/{id}/cancel")
  Job cancel(@PathVariable("id") String id);

  /// Forgets a job that has ended.
  @DeleteExchange("/{id}")
  void delete(@PathVariable("id") String id);
}
