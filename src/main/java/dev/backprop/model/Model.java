package dev.backprop.model;

import dev.backprop.core.nn.Parameters;
import dev.backprop.dataset.Preprocessor;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.Task;
import java.time.Instant;

/// A trained network with all that a prediction needs: an immutable version under a name.
///
/// @param name of the model
/// @param version counted from 1 under the name; never given twice
/// @param createdAt when the training ended
/// @param task what it learned
/// @param spec what it was made from, every default filled in
/// @param preprocessor how raw rows become inputs
/// @param parameters θ, never changed
/// @param metrics how good it is
/// @param lineage where it comes from
public record Model(
    String name,
    int version,
    Instant createdAt,
    Task task,
    JobSpec spec,
    Preprocessor preprocessor,
    Parameters parameters,
    Metrics metrics,
    Lineage lineage) {

  /// The memory of its parameters.
  public long bytes() {
    return (long) Float.BYTES * parameters.values().length;
  }
}
