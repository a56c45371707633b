package dev.backprop.job;

import dev.backprop.model.Model;
import java.util.function.IntFunction;

/// Takes the model that a training makes.
@FunctionalInterface
interface ModelSink {

  /// Takes the next version under a name.
  ///
  /// @param model makes the model for the version number that it gets
  /// @return the model
  Model add(String name, IntFunction<Model> model);
}
