package dev.backprop.model.onnx;

import dev.backprop.model.spec.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a caller says of a network besides its file.
///
/// @param task what it learned; null to follow from its output
/// @param features what its inputs are called
/// @param targets what its outputs are called, or the column that its classes are of
/// @param labels its classes in the order of the outputs
/// @param output the output of the graph to take
public record ImportOptions(
    @Nullable Task task,
    @Nullable List<String> features,
    @Nullable List<String> targets,
    @Nullable List<String> labels,
    @Nullable String output) {

  /// Nothing but the file.
  public static final ImportOptions NONE = new ImportOptions(null, null, null, null, null);
}
