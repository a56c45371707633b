package dev.backprop.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.train.EarlyStopping;
import dev.backprop.core.train.Mode;
import dev.backprop.core.train.Watched;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/// [EarlyStopping].
@Schema(
    description =
        "Ends the training when what it watches no longer gets better, by the rules of Keras: an"
            + " epoch is better if its number is below the best, or above it for the mode max, by"
            + " more than minDelta; the training ends after an epoch that is not, once patience"
            + " epochs have passed since the last that was. The model has the parameters of the"
            + " epoch in which that number was best, of all epochs and by any difference.")
public record EarlyStoppingSettings(
    @Schema(
            description =
                "What is watched: a loss, or a metric of the training or of the validation rows, by"
                    + " its name in the loss curve. A metric that training.metrics does not name is"
                    + " measured too. By default validationLoss where there is a validation, else"
                    + " trainingLoss.")
        @Nullable Watched metric,
    @Schema(
            description = "How many epochs to wait for a better one; from 0 on",
            defaultValue = "20")
        @Min(value = 0, message = "must not be below 0")
        @Nullable Integer patience,
    @Schema(
            description = "By how much a better number differs from the best; from 0 to 1e30",
            defaultValue = "0.0")
        @DecimalMin(value = "0", message = "must be from 0 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 0 to 1e30")
        @Nullable Double minDelta,
    @Schema(
            description =
                "A number that a better one has to be better than too, by more than minDelta, before"
                    + " the wait starts anew; from -1e30 to 1e30. By default none.")
        @DecimalMin(value = "-1e30", message = "must be from -1e30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from -1e30 to 1e30")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Double baseline,
    @Schema(description = "How many epochs pass before it watches; from 0 on", defaultValue = "0")
        @Min(value = 0, message = "must not be below 0")
        @Nullable Integer startEpoch,
    @Schema(
            description =
                "Which numbers are better: min for lower ones, max for higher ones. By default max"
                    + " for accuracy, balancedAccuracy, macroF1, rocAuc, top5Accuracy and r2, and"
                    + " min for the losses and the other metrics.")
        @Nullable Mode mode) {

  /// The complete settings.
  public static EarlyStoppingSettings of(EarlyStopping stopping) {
    return new EarlyStoppingSettings(
        stopping.metric(),
        stopping.patience(),
        stopping.minDelta(),
        stopping.baseline(),
        stopping.startEpoch(),
        stopping.mode());
  }

  /// The early stopping of these settings, defaults filled in.
  ///
  /// @param validated whether there are validation rows
  public EarlyStopping toEarlyStopping(boolean validated) {
    Watched byDefault = validated ? Watched.VALIDATION_LOSS : Watched.TRAINING_LOSS;
    Watched watched = metric == null ? byDefault : metric;
    return new EarlyStopping(
        watched,
        patience == null ? EarlyStopping.DEFAULT_PATIENCE : patience,
        minDelta == null ? 0 : minDelta,
        baseline,
        startEpoch == null ? 0 : startEpoch,
        mode == null ? watched.usualMode() : mode);
  }
}
