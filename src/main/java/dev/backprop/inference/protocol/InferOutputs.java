package dev.backprop.inference.protocol;

import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which outputs a request wants, and in which form.
final class InferOutputs {

  private InferOutputs() {}

  /// The outputs that are named, or all of them; binary as each says, or else the request.
  static List<Inference.Wanted> wanted(
      InferRequest request, List<OutputTensor> known, InputErrors errors) {
    Boolean all =
        flag(request.parameters(), "binary_data_output", "#/parameters/binary_data_output", errors);
    boolean binary = all != null && all;
    List<InferRequest.@Nullable Output> outputs = request.outputs();
    if (outputs == null || outputs.isEmpty()) {
      return known.stream().map(output -> new Inference.Wanted(output, binary)).toList();
    }
    List<Inference.Wanted> wanted = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < outputs.size(); i++) {
      String pointer = "#/outputs/" + i;
      InferRequest.Output output = outputs.get(i);
      OutputTensor tensor = output == null ? null : find(output.name(), known, pointer, errors);
      if (output == null) {
        errors.add(pointer, "an object with a name is expected, got null");
      } else if (tensor != null && !seen.add(tensor.name())) {
        errors.add(pointer + "/name", "the output '" + tensor.name() + "' is wanted twice");
      }
      if (output != null && tensor != null) {
        Boolean own =
            flag(output.parameters(), "binary_data", pointer + "/parameters/binary_data", errors);
        wanted.add(new Inference.Wanted(tensor, own == null ? binary : own));
      }
    }
    return wanted;
  }

  private static @Nullable OutputTensor find(
      @Nullable String name, List<OutputTensor> known, String pointer, InputErrors errors) {
    OutputTensor found =
        known.stream().filter(output -> output.name().equals(name)).findFirst().orElse(null);
    if (found == null) {
      String names = known.stream().map(OutputTensor::name).collect(Collectors.joining(", "));
      errors.add(
          pointer + "/name",
          name == null
              ? "is required; one of: " + names
              : "there is no output '%s'; the outputs are %s"
                  .formatted(JsonErrors.shorten(name), names));
    }
    return found;
  }

  private static @Nullable Boolean flag(
      @Nullable Map<String, @Nullable Object> parameters,
      String name,
      String pointer,
      InputErrors errors) {
    if (parameters == null || !parameters.containsKey(name)) {
      return null;
    }
    Object value = parameters.get(name);
    if (value instanceof Boolean flag) {
      return flag;
    }
    errors.add(
        pointer, "true or false is expected, not " + JsonErrors.shorten(String.valueOf(value)));
    return null;
  }
}
