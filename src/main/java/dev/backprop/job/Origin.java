package dev.backprop.job;

import dev.backprop.core.nn.Parameters;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.model.Lineage;
import dev.backprop.model.Model;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.Task;
import org.jspecify.annotations.Nullable;

/// Parameters that a job starts from, with all that they mean something with: those of a model, or
/// the best that another job has come to so far.
///
/// @param parent for the lineage
/// @param name of the model
/// @param spec it was made from, every default filled in
/// @param parameters never changed
/// @param model that has them, or null where they are a copy of their own
record Origin(
    Lineage.Parent parent,
    String name,
    Task task,
    JobSpec spec,
    Preprocessor preprocessor,
    Parameters parameters,
    @Nullable Model model) {

  static Origin of(Model model) {
    return of(model, Lineage.Parent.of(model));
  }

  static Origin of(Model model, Lineage.Parent parent) {
    return new Origin(
        parent,
        model.name(),
        model.task(),
        model.spec(),
        model.preprocessor(),
        model.parameters(),
        model);
  }

  /// Whether a job is forked, rather than a model trained further.
  boolean isFork() {
    return parent.job() != null;
  }

  /// What it is, in a message.
  String inWords() {
    return isFork()
        ? "job '%s'".formatted(parent.job())
        : "model '%s' version %d".formatted(parent.model(), parent.version());
  }

  /// What to do without it, in a message.
  String elseInWords() {
    return isFork() ? "post a new job in place of a fork" : "train without warmStart";
  }

  /// The memory of a copy.
  long bytes() {
    return Float.BYTES * parameters.count();
  }
}
