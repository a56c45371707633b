package dev.backprop.inference.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/// A request of the Open Inference Protocol.
///
/// @param id given back in the answer
/// @param modelName some clients repeat it here; it has to be that of the path
/// @param modelVersion likewise
/// @param parameters `binary_data_output` says whether outputs are binary; others are not looked at
/// @param inputs tensors
/// @param outputs that are wanted; all where there are none
record InferRequest(
    @Schema(description = "Given back in the answer", example = "42") @Nullable String id,
    @Schema(description = "If given, the name in the path") @JsonProperty("model_name")
        @Nullable String modelName,
    @Schema(description = "If given, the version that answers") @JsonProperty("model_version")
        @Nullable String modelVersion,
    @Schema(
            description = "`binary_data_output`: whether outputs are binary",
            implementation = Object.class)
        @Nullable Map<String, @Nullable Object> parameters,
    @Nullable List<@Nullable Input> inputs,
    @Nullable List<@Nullable Output> outputs) {

  /// A tensor.
  ///
  /// @param parameters `binary_data_size` of a tensor whose bytes follow the JSON
  @Schema(name = "InferInput")
  @SuppressWarnings("ArrayRecordComponent")
  record Input(
      @Schema(example = "input") @Nullable String name,
      @Schema(description = "Rows, and columns", example = "[2, 4]") long @Nullable [] shape,
      @Schema(example = "FP32") @Nullable String datatype,
      @Schema(
              description = "`binary_data_size` of a tensor that follows the JSON",
              implementation = Object.class)
          @Nullable Map<String, @Nullable Object> parameters,
      @Schema(description = "Elements, row-major, nested or flat", implementation = Object[].class)
          @JsonDeserialize(using = TensorDataReader.class)
          @Nullable TensorData data) {}

  /// A tensor that is wanted.
  ///
  /// @param parameters `binary_data` says whether it is binary, before the request's parameters do
  @Schema(name = "InferOutput")
  record Output(
      @Schema(example = "label") @Nullable String name,
      @Schema(description = "`binary_data`: whether it is binary", implementation = Object.class)
          @Nullable Map<String, @Nullable Object> parameters) {}
}
