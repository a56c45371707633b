package dev.backprop.job;

import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.NetworkSettings;
import dev.backprop.model.spec.ValidationSettings;
import dev.backprop.problem.Bound;
import dev.backprop.problem.ProblemException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Starts jobs from what other jobs have come to.
@Component
class JobForker {

  private static final String DATASET = "dataset";

  private final JobOperator operator;
  private final PatchReader patches;

  /// One fork after the other, so that no more than one copy of parameters is there that the limit
  /// of memory does not count.
  private final Lock forking = new ReentrantLock();

  JobForker(JobOperator operator, PatchReader patches) {
    this.operator = operator;
    this.patches = patches;
  }

  /// Starts a new job from a job's best parameters so far.
  ///
  /// @param patch of the job's spec
  /// @param caller whose job the new one is, see [Callers]
  /// @throws ProblemException [dev.backprop.problem.ProblemType#NOT_FOUND];
  ///   [dev.backprop.problem.ProblemType#CONFLICT] if the job has no parameters yet; else as
  ///   [JobOperator#submit]
  Job fork(String id, ObjectNode patch, String caller) {
    forking.lock();
    try {
      Job job = operator.find(id);
      Origin origin = operator.origin(job);
      return operator.submit(patched(job.spec(), patch), origin, caller);
    } finally {
      forking.unlock();
    }
  }

  private Bound<JobSpec> patched(JobSpec spec, ObjectNode patch) {
    ObjectNode tree = patches.tree(inherited(spec));
    if (patch.path(DATASET).isObject()) {
      tree.remove(DATASET); // an id and inline data do not go together
    }
    return patches.spec((ObjectNode) MergePatch.apply(tree, patch));
  }

  /// Without what says where the training starts, which is the job now, and without folds, whose
  /// rows its parameters have seen.
  private static JobSpec inherited(JobSpec spec) {
    return new JobSpec(
        spec.name(),
        spec.dataset(),
        spec.features(),
        spec.targets(),
        spec.task(),
        spec.preprocessing(),
        withoutStart(spec.network()),
        spec.training(),
        withoutFolds(spec.validation()),
        null,
        spec.weights(),
        spec.priority(),
        spec.webhook());
  }

  private static @Nullable NetworkSettings withoutStart(@Nullable NetworkSettings network) {
    return network == null
        ? null
        : new NetworkSettings(network.hidden(), network.output(), null, null);
  }

  private static @Nullable ValidationSettings withoutFolds(
      @Nullable ValidationSettings validation) {
    return validation == null || validation.folds() == null ? validation : null;
  }
}
