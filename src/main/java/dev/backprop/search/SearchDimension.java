package dev.backprop.search;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.backprop.problem.InputErrors;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The values that a field of the spec takes in a search.
@Schema(description = "The values that a field takes")
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SearchDimension.Choice.class, name = "choice"),
  @JsonSubTypes.Type(value = SearchDimension.Uniform.class, name = "uniform"),
  @JsonSubTypes.Type(value = SearchDimension.LogUniform.class, name = "logUniform"),
  @JsonSubTypes.Type(value = SearchDimension.IntegerRange.class, name = "integer")
})
public sealed interface SearchDimension {

  /// Neither a choice nor a grid has more values.
  int MAX_VALUES = 64;

  /// What `steps` means, for the OpenAPI document.
  String STEPS =
      "How many values a grid takes of the range, both ends among them; from 2 to 64. Other"
          + " strategies draw from all of it.";

  /// The value at a place.
  ///
  /// @param u from 0 to less than 1; uniformly drawn, so is the value by its distribution
  @Nullable Object at(double u);

  /// The values that are tried before anything runs, by their place in the dimension, such as
  /// `/min`.
  Map<String, @Nullable Object> corners();

  /// The values of a grid, after [#check].
  List<@Nullable Object> points();

  /// Adds what is wrong with it.
  ///
  /// @param pointer of the dimension
  /// @param grid whether it has to have points
  void check(String pointer, boolean grid, InputErrors errors);

  /// One of the values.
  @Schema(description = "One of the values")
  record Choice(
      @Schema(
              description = "1 to 64 values of any kind that the field takes",
              implementation = Object[].class,
              example = "[8, 16, 32]")
          @NotNull(message = "the values are needed, such as [8, 16, 32]")
          @Size(min = 1, max = MAX_VALUES, message = "takes 1 to 64 values")
          @Nullable List<@Nullable Object> values)
      implements SearchDimension {

    /// Copies the list, which may have nulls.
    public Choice {
      values = values == null ? null : Collections.unmodifiableList(new ArrayList<>(values));
    }

    @Override
    public @Nullable Object at(double u) {
      return points().get((int) (u * points().size()));
    }

    @Override
    public Map<String, @Nullable Object> corners() {
      Map<String, @Nullable Object> corners = new LinkedHashMap<>();
      for (int i = 0; i < points().size(); i++) {
        corners.put("/values/" + i, points().get(i));
      }
      return corners;
    }

    @Override
    public List<@Nullable Object> points() {
      return Objects.requireNonNull(values);
    }

    @Override
    public void check(String pointer, boolean grid, InputErrors errors) {
      // its annotations say all
    }
  }

  /// A number of a range, all alike.
  @Schema(description = "A number from min to max, each as likely as the others")
  record Uniform(
      @Schema(example = "0.0") @NotNull(message = "is needed") @Nullable Double min,
      @Schema(example = "0.5") @NotNull(message = "is needed") @Nullable Double max,
      @Schema(description = STEPS, example = "5") @Nullable Integer steps)
      implements SearchDimension {

    @Override
    public Object at(double u) {
      double low = Objects.requireNonNull(min);
      double high = Objects.requireNonNull(max);
      return Math.min(high, low + u * (high - low));
    }

    @Override
    public Map<String, @Nullable Object> corners() {
      return Ranges.corners(min, max);
    }

    @Override
    public List<@Nullable Object> points() {
      return Ranges.points(Objects.requireNonNull(steps), min, max, this::at);
    }

    @Override
    public void check(String pointer, boolean grid, InputErrors errors) {
      Ranges.checkOrder(pointer, Objects.requireNonNull(min), Objects.requireNonNull(max), errors);
      Ranges.checkSteps(pointer, steps, grid, errors);
    }
  }

  /// A number of a range, whose logarithm is uniform.
  @Schema(description = "A number from min to max, each power of 10 as likely as the others")
  record LogUniform(
      @Schema(description = "Greater than 0", example = "0.0001") @NotNull(message = "is needed")
          @Nullable Double min,
      @Schema(example = "0.1") @NotNull(message = "is needed") @Nullable Double max,
      @Schema(description = STEPS, example = "4") @Nullable Integer steps)
      implements SearchDimension {

    @Override
    public Object at(double u) {
      double low = StrictMath.log(Objects.requireNonNull(min));
      double high = StrictMath.log(Objects.requireNonNull(max));
      return Math.clamp(StrictMath.exp(low + u * (high - low)), min, max);
    }

    @Override
    public Map<String, @Nullable Object> corners() {
      return Ranges.corners(min, max);
    }

    @Override
    public List<@Nullable Object> points() {
      return Ranges.points(Objects.requireNonNull(steps), min, max, this::at);
    }

    @Override
    public void check(String pointer, boolean grid, InputErrors errors) {
      double low = Objects.requireNonNull(min);
      if (low <= 0) {
        errors.add(pointer + "/min", "must be greater than 0, got " + low);
      }
      Ranges.checkOrder(pointer, low, Objects.requireNonNull(max), errors);
      Ranges.checkSteps(pointer, steps, grid, errors);
    }
  }

  /// A whole number of a range.
  @Schema(description = "A whole number from min to max, each as likely as the others")
  record IntegerRange(
      @Schema(example = "8") @NotNull(message = "is needed") @Nullable Integer min,
      @Schema(example = "64") @NotNull(message = "is needed") @Nullable Integer max,
      @Schema(description = STEPS + " By default all, if there are no more than 64.")
          @Min(value = 2, message = "must be from 2 to 64")
          @Nullable Integer steps)
      implements SearchDimension {

    @Override
    public Object at(double u) {
      long low = Objects.requireNonNull(min);
      return (int) (low + (long) (u * count()));
    }

    private long count() {
      return (long) Objects.requireNonNull(max) - Objects.requireNonNull(min) + 1;
    }

    @Override
    public Map<String, @Nullable Object> corners() {
      return Ranges.corners(min, max);
    }

    @Override
    public List<@Nullable Object> points() {
      long low = Objects.requireNonNull(min);
      long last = (steps == null ? count() : steps) - 1;
      List<@Nullable Object> points = new ArrayList<>();
      for (long i = 0; i <= last; i++) {
        points.add((int) (low + Math.round((double) i * (count() - 1) / Math.max(1, last))));
      }
      return points;
    }

    @Override
    public void check(String pointer, boolean grid, InputErrors errors) {
      Ranges.checkOrder(pointer, Objects.requireNonNull(min), Objects.requireNonNull(max), errors);
      if (steps == null) {
        if (grid && count() > MAX_VALUES) {
          Ranges.checkSteps(pointer, null, true, errors);
        }
      } else if (steps > count()) {
        errors.add(
            pointer + "/steps", "there are %d whole numbers from min to max".formatted(count()));
      } else {
        Ranges.checkSteps(pointer, steps, grid, errors);
      }
    }
  }
}
