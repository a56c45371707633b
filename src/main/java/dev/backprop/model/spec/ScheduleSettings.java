package dev.backprop.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.backprop.core.train.Schedule;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How the learning rate changes from epoch to epoch.
@Schema(
    description =
        "How the learning rate changes from epoch to epoch. By default not at all. η is the"
            + " optimizer's learning rate.")
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ScheduleSettings.Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = ScheduleSettings.Step.class, name = "step"),
  @JsonSubTypes.Type(value = ScheduleSettings.Exponential.class, name = "exponential"),
  @JsonSubTypes.Type(value = ScheduleSettings.Polynomial.class, name = "polynomial"),
  @JsonSubTypes.Type(value = ScheduleSettings.Cosine.class, name = "cosine"),
  @JsonSubTypes.Type(value = ScheduleSettings.OneCycle.class, name = "oneCycle"),
  @JsonSubTypes.Type(value = ScheduleSettings.InverseTime.class, name = "inverseTime"),
  @JsonSubTypes.Type(value = ScheduleSettings.ReduceOnPlateau.class, name = "reduceOnPlateau")
})
public sealed interface ScheduleSettings {

  /// The complete settings of a schedule.
  static ScheduleSettings of(Schedule schedule) {
    return schedule instanceof Schedule.WarmUp warmUp
        ? of(warmUp.then(), new WarmUp(warmUp.epochs()))
        : of(schedule, null);
  }

  private static ScheduleSettings of(Schedule schedule, @Nullable WarmUp warmUp) {
    return switch (schedule) {
      case Schedule.Constant _ -> new Constant(warmUp);
      case Schedule.Step step -> new Step(step.every(), step.factor(), warmUp);
      case Schedule.Exponential exponential -> new Exponential(exponential.factor(), warmUp);
      case Schedule.Polynomial polynomial ->
          new Polynomial(polynomial.epochs(), polynomial.power(), polynomial.minimum(), warmUp);
      case Schedule.Cosine cosine ->
          new Cosine(cosine.period(), cosine.growth(), cosine.minimum(), warmUp);
      case Schedule.OneCycle oneCycle ->
          new OneCycle(
              oneCycle.epochs(), oneCycle.rise(), oneCycle.startDivisor(), oneCycle.endDivisor());
      case Schedule.InverseTime inverseTime -> new InverseTime(inverseTime.decay(), warmUp);
      case Schedule.ReduceOnPlateau reduceOnPlateau ->
          new ReduceOnPlateau(
              reduceOnPlateau.factor(),
              reduceOnPlateau.patience(),
              reduceOnPlateau.minDelta(),
              reduceOnPlateau.cooldown(),
              reduceOnPlateau.minimum(),
              warmUp);
      case Schedule.WarmUp _ -> throw new IllegalArgumentException("one rise is enough");
    };
  }

  /// The schedule of these settings, defaults filled in.
  ///
  /// @param epochsOfTraining as long as the training is
  Schedule toSchedule(int epochsOfTraining);

  /// A linear rise.
  ///
  /// @param epochs how long it takes
  record WarmUp(
      @Schema(
              description =
                  "n, epochs of the rise: η·k/(n + 1) in epoch k, then the schedule starts; at"
                      + " least 1",
              example = "5")
          @NotNull(message = "the epochs of the rise are needed, such as 5")
          @Min(value = 1, message = "at least 1")
          @Nullable Integer epochs) {

    private static Schedule before(Schedule schedule, @Nullable WarmUp warmUp) {
      return warmUp == null
          ? schedule
          : new Schedule.WarmUp(Objects.requireNonNull(warmUp.epochs()), schedule);
    }
  }

  /// [Schedule.Constant].
  @Schema(description = "The optimizer's η throughout.")
  record Constant(
      @Schema(description = "A linear rise before it. By default none.")
          @Valid
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable WarmUp warmUp)
      implements ScheduleSettings {

    @Override
    public Schedule toSchedule(int epochsOfTraining) {
      return WarmUp.before(new Schedule.Constant(), warmUp);
    }
  }

  /// [Schedule.Step].
  @Schema(description = "η·γ^⌊e/k⌋, e the number of epochs before.")
  record Step(
      @Schema(description = "k, epochs of a step; at least 1", example = "50")
          @NotNull(message = "the epochs of a step are needed, such as 50")
          @Min(value = 1, message = "at least 1")
          @Nullable Integer every,
      @Schema(description = "γ; between 0 and 1", defaultValue = "0.1")
          @DecimalMin(value = "0", inclusive = false, message = "must be between 0 and 1")
          @DecimalMax(value = "1", inclusive = false, message = "must be between 0 and 1")
          @Nullable Double factor,
      @Schema(description = "A linear rise before it. By default none.")
          @Valid
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable WarmUp warmUp)
      implements ScheduleSettings {
    static final double DEFAULT_FACTOR = 0.1;

    @Override
    public Schedule toSchedule(int epochsOfTraining) {
      return WarmUp.before(
          new Schedule.Step(Objects.requireNonNull(every), or(factor, DEFAULT_FACTOR)), warmUp);
    }
  }

  /// [Schedule.Exponential].
  @Schema(description = "η·γ^e, e the number of epochs before.")
  record Exponential(
      @Schema(description = "γ; between 0 and 1", example = "0.99")
          @NotNull(message = "the factor is needed, such as 0.99")
          @DecimalMin(value = "0", inclusive = false, message = "must be between 0 and 1")
          @DecimalMax(value = "1", inclusive = false, message = "must be between 0 and 1")
          @Nullable Double factor,
      @Schema(description = "A linear rise before it. By default none.")
          @Valid
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable WarmUp warmUp)
      implements ScheduleSettings {

    @Override
    public Schedule toSchedule(int epochsOfTraining) {
      return WarmUp.before(new Schedule.Exponential(Objects.requireNonNull(factor)), warmUp);
    }
  }

  /// [Schedule.Polynomial].
  @Schema(description = "m + (η − m)·(1 − min(e, n)/n)^p, e the number of epochs before.")
  record Polynomial(
      @Schema(
              description =
                  "n, epochs of the way down; at least 1. By default all that warmUp leaves.")
          @Min(value = 1, message = "at least 1")
          @Nullable Integer epochs,
      @Schema(description = "p; from 1e-3 to 1000", defaultValue = "1.0")
          @DecimalMin(value = "1e-3", message = "must be from 1e-3 to 1000")
          @DecimalMax(value = "1000", message = "must be from 1e-3 to 1000")
          @Nullable Double power,
      @Schema(
              description = "m, the least rate; from 0 to 1e30, above η it is η",
              defaultValue = "0.0")
          @DecimalMin(value = "0", message = "must be from 0 to 1e30")
          @DecimalMax(value = "1e30", message = "must be from 0 to 1e30")
          @Nullable Double minimum,
      @Schema(description = "A linear rise before it. By default none.")
          @Valid
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable WarmUp warmUp)
      implements ScheduleSettings {

    @Override
    public Schedule toSchedule(int epochsOfTraining) {
      int total = left(epochsOfTraining, warmUp);
      return WarmUp.before(
          new Schedule.Polynomial(or(epochs, total), or(power, 1), or(minimum, 0)), warmUp);
    }
  }

  /// [Schedule.Cosine].
  @Schema(
      description =
          "m + ½·(η − m)·(1 + cos(π·c/n)) in epoch c of a period of n epochs, then again. Loshchilov, Hutter, 2017.")
  record Cosine(
      @Schema(
              description =
                  "Epochs of the first period; at least 1. By default all that warmUp leaves, so that nothing starts again.")
          @Min(value = 1, message = "at least 1")
          @Nullable Integer period,
      @Schema(
              description = "By how much each period is longer than the one before; from 1 to 100",
              defaultValue = "1")
          @Min(value = 1, message = "must be from 1 to 100")
          @Max(value = 100, message = "must be from 1 to 100")
          @Nullable Integer growth,
      @Schema(
              description = "m, the least rate; from 0 to 1e30, above η it is η",
              defaultValue = "0.0")
          @DecimalMin(value = "0", message = "must be from 0 to 1e30")
          @DecimalMax(value = "1e30", message = "must be from 0 to 1e30")
          @Nullable Double minimum,
      @Schema(description = "A linear rise before it. By default none.")
          @Valid
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable WarmUp warmUp)
      implements ScheduleSettings {

    @Override
    public Schedule toSchedule(int epochsOfTraining) {
      int total = left(epochsOfTraining, warmUp);
      return WarmUp.before(
          new Schedule.Cosine(or(period, total), or(growth, 1), or(minimum, 0)), warmUp);
    }
  }

  /// [Schedule.OneCycle].
  @Schema(
      description = "Along a cosine from η/s up to η, then down to η/(s·d). Smith, Topin, 2018.")
  record OneCycle(
      @Schema(description = "Epochs of the cycle; at least 1. By default all.")
          @Min(value = 1, message = "at least 1")
          @Nullable Integer epochs,
      @Schema(
              description = "Share of the epochs on the way up; between 0 and 1",
              defaultValue = "0.3")
          @DecimalMin(value = "0", inclusive = false, message = "must be between 0 and 1")
          @DecimalMax(value = "1", inclusive = false, message = "must be between 0 and 1")
          @Nullable Double rise,
      @Schema(description = "s; from 1 to 1e30", defaultValue = "25.0")
          @DecimalMin(value = "1", message = "must be from 1 to 1e30")
          @DecimalMax(value = "1e30", message = "must be from 1 to 1e30")
          @Nullable Double startDivisor,
      @Schema(description = "d; from 1 to 1e30", defaultValue = "10000.0")
          @DecimalMin(value = "1", message = "must be from 1 to 1e30")
          @DecimalMax(value = "1e30", message = "must be from 1 to 1e30")
          @Nullable Double endDivisor)
      implements ScheduleSettings {
    static final double DEFAULT_RISE = 0.3;
    static final double DEFAULT_START_DIVISOR = 25;
    static final double DEFAULT_END_DIVISOR = 1e4;

    @Override
    public Schedule toSchedule(int epochsOfTraining) {
      int total = left(epochsOfTraining, null);
      return new Schedule.OneCycle(
          or(epochs, total),
          or(rise, DEFAULT_RISE),
          or(startDivisor, DEFAULT_START_DIVISOR),
          or(endDivisor, DEFAULT_END_DIVISOR));
    }
  }

  /// [Schedule.InverseTime].
  @Schema(description = "η / (1 + d·e), e the number of epochs before. Robbins, Monro, 1951.")
  record InverseTime(
      @Schema(description = "d; from 1e-30 to 1e30", example = "0.01")
          @NotNull(message = "the decay is needed, such as 0.01")
          @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
          @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
          @Nullable Double decay,
      @Schema(description = "A linear rise before it. By default none.")
          @Valid
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable WarmUp warmUp)
      implements ScheduleSettings {

    @Override
    public Schedule toSchedule(int epochsOfTraining) {
      return WarmUp.before(new Schedule.InverseTime(Objects.requireNonNull(decay)), warmUp);
    }
  }

  /// [Schedule.ReduceOnPlateau].
  @Schema(
      description =
          "max(m, η·γ) whenever the loss has not become better for more than patience epochs. The loss is that of validation where there is one, else that of training.")
  record ReduceOnPlateau(
      @Schema(description = "γ; between 0 and 1", defaultValue = "0.1")
          @DecimalMin(value = "0", inclusive = false, message = "must be between 0 and 1")
          @DecimalMax(value = "1", inclusive = false, message = "must be between 0 and 1")
          @Nullable Double factor,
      @Schema(
              description = "Epochs without a better loss that it puts up with; from 0 on",
              defaultValue = "10")
          @Min(value = 0, message = "must not be below 0")
          @Nullable Integer patience,
      @Schema(
              description = "By how much a better loss is below the best; from 0 to 1e30",
              defaultValue = "0.0001")
          @DecimalMin(value = "0", message = "must be from 0 to 1e30")
          @DecimalMax(value = "1e30", message = "must be from 0 to 1e30")
          @Nullable Double minDelta,
      @Schema(description = "Epochs after a fall that do not count; from 0 on", defaultValue = "0")
          @Min(value = 0, message = "must not be below 0")
          @Nullable Integer cooldown,
      @Schema(description = "m, the least rate; from 0 to 1e30", defaultValue = "0.0")
          @DecimalMin(value = "0", message = "must be from 0 to 1e30")
          @DecimalMax(value = "1e30", message = "must be from 0 to 1e30")
          @Nullable Double minimum,
      @Schema(description = "A linear rise before it. By default none.")
          @Valid
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable WarmUp warmUp)
      implements ScheduleSettings {
    static final double DEFAULT_FACTOR = 0.1;
    static final int DEFAULT_PATIENCE = 10;
    static final double DEFAULT_MIN_DELTA = 1e-4;

    @Override
    public Schedule toSchedule(int epochsOfTraining) {
      return WarmUp.before(
          new Schedule.ReduceOnPlateau(
              or(factor, DEFAULT_FACTOR),
              or(patience, DEFAULT_PATIENCE),
              or(minDelta, DEFAULT_MIN_DELTA),
              or(cooldown, 0),
              or(minimum, 0)),
          warmUp);
    }
  }

  /// What the rise leaves of a training.
  private static int left(int epochs, @Nullable WarmUp warmUp) {
    return warmUp == null ? epochs : Math.max(1, epochs - Objects.requireNonNull(warmUp.epochs()));
  }

  private static double or(@Nullable Double value, double defaultValue) {
    return value == null ? defaultValue : value;
  }

  private static int or(@Nullable Integer value, int defaultValue) {
    return value == null ? defaultValue : value;
  }
}
