package dev.backprop.client;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/// Trained models: what they are, and what they say of rows.
///
/// Errors are [BackpropException]s where [BackpropErrors] is set up.
@HttpExchange("/api/v1/models")
public interface BackpropModels {

  /// Predicts with the newest version.
  @PostExchange("/{name}/predict")
  PredictResponse predict(@PathVariable("name") String name, @RequestBody PredictRequest request);

  /// Predicts with one version.
  @PostExchange("/{name}/versions/{version}/predict")
  PredictResponse predict(
      @PathVariable("name") String name,
      @PathVariable("version") int version,
      @RequestBody PredictRequest request);

  /// Predicts with the newest version, told in another way. Each option may be null.
  ///
  /// @param topK how many of the most probable labels to give
  /// @param threshold the least probability with which a label is given
  /// @param calibrated whether probabilities are the calibrated ones
  /// @param interval the share of true values that is to lie within the intervals
  @PostExchange("/{name}/predict")
  PredictResponse predict(
      @PathVariable("name") String name,
      @RequestBody PredictRequest request,
      @RequestParam(name = "topK", required = false) @Nullable Integer topK,
      @RequestParam(name = "threshold", required = false) @Nullable Double threshold,
      @RequestParam(name = "calibrated", required = false) @Nullable Boolean calibrated,
      @RequestParam(name = "interval", required = false) @Nullable Double interval);

  /// Describes the newest version.
  @GetExchange("/{name}")
  Model get(@PathVariable("name") String name);

  /// Describes one version.
  @GetExchange("/{name}/versions/{version}")
  Model get(@PathVariable("name") String name, @PathVariable("version") int version);

  /// Deletes one version.
  @DeleteExchange("/{name}/versions/{version}")
  void delete(@PathVariable("name") String name, @PathVariable("version") int version);
}
