package dev.backprop.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to train. Only the data are required; settings are maps of what the API documents, so that
/// none is missing here.
///
/// @param name of the model that it makes a version of, or null
/// @param dataset what to learn from
/// @param features the columns to predict from, or null for all others
/// @param targets the columns to predict, or null for the last one
/// @param task `classification`, `multilabel` or `regression`, or null for what the targets are
/// @param preprocessing settings, or null
/// @param network settings such as `hidden`, or null
/// @param training settings such as `epochs`, or null
/// @param validation settings such as `fraction`, or null
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobRequest(
    @Nullable String name,
    Data dataset,
    @Nullable List<String> features,
    @Nullable List<String> targets,
    @Nullable String task,
    @Nullable Map<String, ?> preprocessing,
    @Nullable Map<String, ?> network,
    @Nullable Map<String, ?> training,
    @Nullable Map<String, ?> validation) {

  /// A training with nothing but defaults.
  public static JobRequest of(String name, Data dataset) {
    return new JobRequest(name, dataset, null, null, null, null, null, null, null);
  }

  /// The same, predicting these columns.
  public JobRequest targets(String... columns) {
    return new JobRequest(
        name,
        dataset,
        features,
        List.of(columns),
        task,
        preprocessing,
        network,
        training,
        validation);
  }

  /// The same with these settings of the network.
  public JobRequest network(Map<String, ?> settings) {
    return new JobRequest(
        name, dataset, features, targets, task, preprocessing, settings, training, validation);
  }

  /// The same with these settings of the training.
  public JobRequest training(Map<String, ?> settings) {
    return new JobRequest(
        name, dataset, features, targets, task, preprocessing, network, settings, validation);
  }

  /// The same, measured on these rows.
  public JobRequest validation(Map<String, ?> settings) {
    return new JobRequest(
        name, dataset, features, targets, task, preprocessing, network, training, settings);
  }

  /// What to learn from, in one of three forms.
  ///
  /// @param id of a data set on the server
  /// @param inputs rows of numbers, whose columns are called x1, x2, …
  /// @param targets rows of numbers, whose columns are called y1, y2, …
  /// @param generator settings of data that the server makes
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Data(
      @Nullable String id,
      @Nullable List<? extends List<? extends Number>> inputs,
      @Nullable List<? extends List<? extends Number>> targets,
      @Nullable Map<String, ?> generator) {

    /// A data set on the server.
    public static Data of(Dataset dataset) {
      return new Data(dataset.id(), null, null, null);
    }

    /// Numbers that go with the request.
    public static Data of(
        List<? extends List<? extends Number>> inputs,
        List<? extends List<? extends Number>> targets) {
      return new Data(null, inputs, targets, null);
    }

    /// Data that the server makes.
    ///
    /// @param type such as `spirals`
    /// @param rows how many
    public static Data generated(String type, int rows) {
      return new Data(null, null, null, Map.of("type", type, "rows", rows));
    }
  }
}
