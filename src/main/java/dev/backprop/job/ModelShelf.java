package dev.backprop.job;

import dev.backprop.model.Model;
import dev.backprop.model.ModelRepository;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Where a job puts the model that it has made.
@FunctionalInterface
interface ModelShelf {

  /// Takes a model.
  ///
  /// @param model makes it for the version number that it gets
  /// @return how callers find it, or null if they do not
  Job.@Nullable ModelReference keep(String name, IntFunction<Model> model);

  /// The next version under the name.
  static ModelShelf of(ModelRepository models) {
    return (name, make) -> {
      Model model = models.add(name, make);
      return new Job.ModelReference(model.name(), model.version());
    };
  }
}
