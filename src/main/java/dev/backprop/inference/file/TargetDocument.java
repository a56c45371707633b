package dev.backprop.inference.file;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.spec.Task;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the outputs of the network stand for.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TargetDocument.Classes.class, name = "classes"),
  @JsonSubTypes.Type(value = TargetDocument.Labels.class, name = "labels"),
  @JsonSubTypes.Type(value = TargetDocument.Values.class, name = "values")
})
sealed interface TargetDocument {

  /// One of several classes.
  ///
  /// @param labels in the order of the outputs
  /// @param singleOutput whether two classes share one output, which is that of the second
  record Classes(
      @NotNull(message = "is required") @Nullable String column,
      @NotNull(message = "is required") @Nullable List<@NotNull String> labels,
      boolean singleOutput)
      implements TargetDocument {}

  /// Any number of labels at once, an output each.
  record Labels(@NotNull(message = "is required") @Nullable List<@NotNull String> columns)
      implements TargetDocument {}

  /// Numbers, an output each, which has been scaled.
  record Values(
      @NotNull(message = "is required") @Nullable List<@NotNull String> columns,
      @NotNull(message = "is required") @Nullable List<@NotNull ScaleDocument> scales)
      implements TargetDocument {}

  static TargetDocument of(TargetEncoder target) {
    return switch (target) {
      case TargetEncoder.Classes c -> new Classes(c.column(), c.labels(), c.binary());
      case TargetEncoder.Labels l -> new Labels(l.columns());
      case TargetEncoder.Values v ->
          new Values(v.columns(), v.scalers().stream().map(ScaleDocument::of).toList());
    };
  }

  /// The task that has such targets.
  default Task task() {
    return switch (this) {
      case Classes _ -> Task.CLASSIFICATION;
      case Labels _ -> Task.MULTILABEL;
      case Values _ -> Task.REGRESSION;
    };
  }

  /// The encoder. Nothing that is required is missing.
  ///
  /// @throws IllegalArgumentException if the numbers of classes, or of scales, do not fit
  default TargetEncoder toEncoder() {
    return switch (this) {
      case Classes c ->
          new TargetEncoder.Classes(
              Objects.requireNonNull(c.column()),
              Objects.requireNonNull(c.labels()),
              c.singleOutput());
      case Labels l -> new TargetEncoder.Labels(Objects.requireNonNull(l.columns()));
      case Values v ->
          new TargetEncoder.Values(
              Objects.requireNonNull(v.columns()),
              Objects.requireNonNull(v.scales()).stream().map(ScaleDocument::toScaler).toList());
    };
  }
}
