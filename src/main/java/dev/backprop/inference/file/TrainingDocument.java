package dev.backprop.inference.file;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.model.TrainingSummary;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How the training went.
///
/// @param trainingRows that it learned from
/// @param validationRows that it was measured with after each epoch
/// @param curve losses in the order of the epochs
record TrainingDocument(
    @PositiveOrZero(message = "must be from 0 on") int trainingRows,
    @PositiveOrZero(message = "must be from 0 on") int validationRows,
    @NotNull(message = "is required")
        @Size(max = TrainingSummary.POINTS, message = "has at most {max} points")
        @Nullable List<@NotNull @Valid Point> curve) {

  /// The losses of an epoch.
  record Point(
      int epoch,
      double trainingLoss,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double validationLoss) {}

  static @Nullable TrainingDocument of(@Nullable TrainingSummary summary) {
    return summary == null
        ? null
        : new TrainingDocument(
            summary.trainingRows(),
            summary.validationRows(),
            summary.curve().stream()
                .map(
                    point -> new Point(point.epoch(), point.trainingLoss(), point.validationLoss()))
                .toList());
  }

  /// What it stands for. Nothing that is required is missing.
  TrainingSummary toSummary() {
    return new TrainingSummary(
        trainingRows,
        validationRows,
        Objects.requireNonNull(curve).stream()
            .map(
                point ->
                    new TrainingSummary.Point(
                        point.epoch(), point.trainingLoss(), point.validationLoss()))
            .toList());
  }
}
