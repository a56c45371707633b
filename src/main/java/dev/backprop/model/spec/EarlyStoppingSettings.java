package dev.backprop.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.train.EarlyStopping;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/// [EarlyStopping].
@Schema(
    description =
        "Ends the training when its loss has stopped falling, by the rules of Keras: an epoch is"
            + " better if its loss is below the best by more than minDelta; the training ends after"
            + " an epoch that is not, once patience epochs have passed since the last that was. The"
            + " best parameters make the model in any case.")
public record EarlyStoppingSettings(
    @Schema(
            description =
                "The loss that is watched. By default validationLoss where there is a validation,"
                    + " else trainingLoss.")
        EarlyStopping.@Nullable Metric metric,
    @Schema(
            description = "How many epochs to wait for a better one; from 0 on",
            defaultValue = "20")
        @Min(value = 0, message = "must not be below 0")
        @Nullable Integer patience,
    @Schema(
            description = "By how much a better loss is below the best; from 0 to 1e30",
            defaultValue = "0.0")
        @DecimalMin(value = "0", message = "must be from 0 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 0 to 1e30")
        @Nullable Double minDelta,
    @Schema(
            description =
                "A loss that a better one has to be below too, by more than minDelta, before the"
                    + " wait starts anew; from 0 to 1e30. By default none.")
        @DecimalMin(value = "0", message = "must be from 0 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 0 to 1e30")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Double baseline,
    @Schema(description = "How many epochs pass before it watches; from 0 on", defaultValue = "0")
        @Min(value = 0, message = "must not be below 0")
        @Nullable Integer startEpoch) {

  /// The complete settings.
  public static EarlyStoppingSettings of(EarlyStopping stopping) {
    return new EarlyStoppingSettings(
        stopping.metric(),
        stopping.patience(),
        stopping.minDelta(),
        stopping.baseline(),
        stopping.startEpoch());
  }

  /// The early stopping of these settings, defaults filled in.
  ///
  /// @param validated whether there are validation rows
  public EarlyStopping toEarlyStopping(boolean validated) {
    EarlyStopping.Metric byDefault =
        validated ? EarlyStopping.Metric.VALIDATION_LOSS : EarlyStopping.Metric.TRAINING_LOSS;
    return new EarlyStopping(
        metric == null ? byDefault : metric,
        patience == null ? EarlyStopping.DEFAULT_PATIENCE : patience,
        minDelta == null ? 0 : minDelta,
        baseline,
        startEpoch == null ? 0 : startEpoch);
  }
}
