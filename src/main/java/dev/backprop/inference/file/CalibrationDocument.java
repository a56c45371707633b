package dev.backprop.inference.file;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.backprop.core.metric.Calibration;
import dev.backprop.core.metric.ConformalIntervals;
import dev.backprop.core.metric.TemperatureScaling;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How far the outputs can be trusted.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CalibrationDocument.Temperature.class, name = "temperature"),
  @JsonSubTypes.Type(value = CalibrationDocument.Intervals.class, name = "intervals")
})
sealed interface CalibrationDocument {

  /// Of probabilities, whose sums are divided by it.
  ///
  /// @param before mean −ln p of the rows without it
  /// @param after the same with it
  /// @param rows that it was fitted on
  record Temperature(double temperature, double before, double after, int rows)
      implements CalibrationDocument {}

  /// Of numbers.
  ///
  /// @param rows that the errors are of
  /// @param errors of each target, sorted
  record Intervals(
      int rows,
      @NotNull(message = "is required") @Nullable List<@NotNull List<@NotNull Float>> errors)
      implements CalibrationDocument {}

  static @Nullable CalibrationDocument of(@Nullable Calibration calibration) {
    return switch (calibration) {
      case TemperatureScaling t ->
          new Temperature(t.temperature(), t.before(), t.after(), t.rows());
      case ConformalIntervals i ->
          new Intervals(i.rows(), i.errors().stream().map(CalibrationDocument::boxed).toList());
      case null -> null;
    };
  }

  private static List<Float> boxed(float[] numbers) {
    List<Float> list = new ArrayList<>(numbers.length);
    for (float number : numbers) {
      list.add(number);
    }
    return list;
  }

  /// What it stands for. Nothing that is required is missing.
  ///
  /// @throws IllegalArgumentException if it does not fit what the model has learned
  default Calibration toCalibration(Preprocessor preprocessor) {
    boolean numbers = preprocessor.target() instanceof TargetEncoder.Values;
    return switch (this) {
      case Temperature t -> {
        boolean inRange =
            t.temperature() >= TemperatureScaling.LEAST
                && t.temperature() <= TemperatureScaling.MOST;
        require(!numbers, "a temperature is for probabilities");
        require(inRange && t.rows() > 0, "the temperature or its rows are out of range");
        yield new TemperatureScaling(t.temperature(), t.before(), t.after(), t.rows());
      }
      case Intervals i -> {
        List<float[]> errors =
            Objects.requireNonNull(i.errors()).stream().map(CalibrationDocument::sorted).toList();
        require(
            numbers && errors.size() == preprocessor.outputs(), "errors of each target are needed");
        yield new ConformalIntervals(i.rows(), errors);
      }
    };
  }

  private static float[] sorted(List<Float> numbers) {
    float[] array = new float[numbers.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = numbers.get(i);
      require(array[i] >= (i == 0 ? 0 : array[i - 1]), "errors are from 0 on and sorted");
    }
    return array;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
