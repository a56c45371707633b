package dev.backprop.inference.protocol;

/// What the OpenAPI document shows of the Open Inference Protocol.
final class OpenInferenceExamples {

  static final String SERVER =
      """
      {"name": "Backprop Server", "version": "0.1.0", "extensions": ["binary_tensor_data", "statistics"]}
      """;

  static final String LIVE = "{\"live\": true}";

  static final String READY = "{\"live\": true, \"ready\": true}";

  static final String MODEL_READY = "{\"name\": \"iris\", \"ready\": true}";

  static final String MODEL =
      """
      {"name": "iris", "versions": ["2", "1"], "platform": "backprop_mlp",
       "inputs": [{"name": "input", "datatype": "FP32", "shape": [-1, 4]}],
       "outputs": [{"name": "label", "datatype": "BYTES", "shape": [-1, 1]},
                   {"name": "probabilities", "datatype": "FP32", "shape": [-1, 3]}]}
      """;

  static final String REQUEST =
      """
      {"id": "42", "inputs": [
        {"name": "input", "shape": [2, 4], "datatype": "FP32",
         "data": [[6.3, 3.3, 6.0, 2.5], [5.0, 3.4, 1.5, 0.2]]}]}
      """;

  static final String COLUMNS =
      """
      {"inputs": [
        {"name": "sepal_length", "shape": [2, 1], "datatype": "FP32", "data": [6.3, 5.0]},
        {"name": "sepal_width", "shape": [2, 1], "datatype": "FP32", "data": [3.3, 3.4]},
        {"name": "petal_length", "shape": [2, 1], "datatype": "FP64", "data": [6.0, 1.5]},
        {"name": "petal_width", "shape": [2], "datatype": "FP64", "data": [2.5, 0.2]}],
       "outputs": [{"name": "label"}]}
      """;

  static final String ANSWER =
      """
      {"model_name": "iris", "model_version": "2", "id": "42", "outputs": [
        {"name": "label", "datatype": "BYTES", "shape": [2, 1], "data": ["virginica", "setosa"]},
        {"name": "probabilities", "datatype": "FP32", "shape": [2, 3],
         "data": [0.0, 0.04, 0.96, 0.98, 0.02, 0.0]}]}
      """;

  static final String ERROR =
      """
      {"error": "#/inputs/0/shape: the shape is [2, 3]; the model takes [-1, 4]"}
      """;

  static final String INDEX =
      """
      [{"name": "iris", "version": "2", "state": "READY", "reason": ""},
       {"name": "iris", "version": "1", "state": "READY", "reason": ""}]
      """;

  static final String STATISTICS =
      """
      {"model_stats": [
        {"name": "iris", "version": "1", "last_inference": 1764038400000,
         "inference_count": 256, "execution_count": 1,
         "inference_stats": {
           "success": {"count": 1, "ns": 210000}, "fail": {"count": 0, "ns": 0},
           "queue": {"count": 1, "ns": 0}, "compute_input": {"count": 1, "ns": 60000},
           "compute_infer": {"count": 1, "ns": 120000}, "compute_output": {"count": 1, "ns": 30000}},
         "batch_stats": [
           {"batch_size": 256, "compute_input": {"count": 1, "ns": 60000},
            "compute_infer": {"count": 1, "ns": 120000},
            "compute_output": {"count": 1, "ns": 30000}}]}]}
      """;

  static final String INFER =
      "Takes raw values, as the data set had them, either all features as one tensor `input` of shape"
          + " rows × features, where all of them are numbers, or a tensor for each feature by its"
          + " name, of shape [rows, 1] or [rows]. Any datatype is taken whose elements are numbers or"
          + " truth values, for categories BYTES. `data` is nested or flat; binary tensors follow the"
          + " JSON, whose length `Inference-Header-Content-Length` says (0 for a body that is the one"
          + " tensor alone). Gives `label` and `probabilities` of a classification (`margins` behind"
          + " hinge, `labels` as truth values of a multilabel model), the targets of a regression. If"
          + " one row cannot be scored, none is, and the error names the row and the feature.";

  private OpenInferenceExamples() {}
}
