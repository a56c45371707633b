package dev.backprop.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.train.BatchSize;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/// How to train.
///
/// @param loss what to minimize
/// @param optimizer how gradients become steps
/// @param schedule how the learning rate changes
/// @param epochs how often to go through the rows
/// @param batchSize rows of a step
/// @param shuffle whether each epoch takes the rows in another order
/// @param seed of everything random
/// @param l1 weight of the absolute weights in what is minimized
/// @param l2 weight of half the squared weights in what is minimized
/// @param inputDropout share of the inputs that training leaves out
/// @param inputNoise standard deviation of what training adds to the inputs
/// @param maxNorm the largest norm of the incoming weights of a unit
/// @param gradientClipping keeps gradients from making too large a step
/// @param stopWhen what ends the training before its epochs are over
/// @param earlyStopping ends the training when its loss has stopped falling
public record TrainingSettings(
    @Schema(
            implementation = Object.class,
            types = {"string", "object"},
            description = "What to minimize. " + LossJson.FORMS,
            example = "meanSquaredError")
        @JsonDeserialize(using = LossJson.Reader.class)
        @JsonSerialize(using = LossJson.Writer.class)
        @Nullable Loss loss,
    @Valid @Nullable OptimizerSettings optimizer,
    @Valid @Nullable ScheduleSettings schedule,
    @Schema(
            description = "How often to go through the rows, at most",
            defaultValue = "200",
            example = "10000")
        @Min(value = 1, message = "at least 1 epoch")
        @Nullable Integer epochs,
    @Schema(
            implementation = Object.class,
            types = {"integer", "string"},
            description =
                "Rows of a step, or \"full\" for all; 1 trains on single examples. By default 32,"
                    + " and full for rprop and lbfgs, which need it.",
            example = "full")
        @JsonDeserialize(using = BatchSizeJson.Reader.class)
        @JsonSerialize(using = BatchSizeJson.Writer.class)
        @Nullable BatchSize batchSize,
    @Schema(
            description = "Whether each epoch takes the rows in another order",
            defaultValue = "true")
        @Nullable Boolean shuffle,
    @Schema(
            description =
                "Decides the initial weights, the orders, the validation rows, the noise and"
                    + " what dropout leaves out: the same seed, the same model, bit for bit",
            defaultValue = "42")
        @Nullable Long seed,
    @Schema(
            description =
                "λ₁ of the penalty λ₁·Σ|w| over the weights, not biases, γ and β: λ₁·sign(w) is added to"
                    + " the gradient. Reported losses are those of the data alone. Not for lbfgs, which needs"
                    + " a penalty that has a gradient at 0. From 0 to 1e6.",
            defaultValue = "0.0",
            example = "0.0001")
        @DecimalMin(value = "0", message = "must be from 0 to 1e6")
        @DecimalMax(value = "1e6", message = "must be from 0 to 1e6")
        @Nullable Double l1,
    @Schema(
            description =
                "λ₂ of the penalty ½·λ₂·Σw² over the weights, not biases, γ and β: λ₂·w is added to the"
                    + " gradient. Reported losses are those of the data alone. From 0 to 1e6. The"
                    + " weightDecay of adamW and lion is apart from it.",
            defaultValue = "0.0",
            example = "0.0001")
        @DecimalMin(value = "0", message = "must be from 0 to 1e6")
        @DecimalMax(value = "1e6", message = "must be from 0 to 1e6")
        @Nullable Double l2,
    @Schema(
            description =
                "Dropout of inputs, p: in training, x ← x·m with m = 0 with probability p, else"
                    + " 1/(1 − p), another m for each row, input and epoch. As with the dropout of"
                    + " hidden layers, the training loss of an epoch is that of the network with"
                    + " inputs left out; validation and predictions use all of it. From 0 to below"
                    + " 1.",
            defaultValue = "0.0",
            example = "0.1")
        @DecimalMin(value = "0", message = "must be from 0 to below 1")
        @DecimalMax(value = "1", inclusive = false, message = "must be from 0 to below 1")
        @Nullable Double inputDropout,
    @Schema(
            description =
                "Gaussian noise on inputs, σ: in training, x ← x + σ·ε with ε from the normal"
                    + " distribution of mean 0 and variance 1, another ε for each row, input and"
                    + " epoch, before the dropout of inputs. It is added to what the network gets,"
                    + " after standardizing and one-hot encoding. The training loss of an epoch is"
                    + " that of the disturbed inputs; validation and predictions take them as they"
                    + " are. From 0 to 1e6.",
            defaultValue = "0.0",
            example = "0.1")
        @DecimalMin(value = "0", message = "must be from 0 to 1e6")
        @DecimalMax(value = "1e6", message = "must be from 0 to 1e6")
        @Nullable Double inputNoise,
    @Schema(
            description =
                "The largest Euclidean norm c of the incoming weights w of each unit, outputs"
                    + " included: after each step w ← w·c / ‖w‖ where ‖w‖ > c; biases are left"
                    + " free. From 1e-30 to 1e30. By default there is none.",
            example = "3.0")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
        @Nullable Double maxNorm,
    @Schema(
            description =
                "Limits the gradient of a step, penalties included, by norm or by value. By default"
                    + " not at all. Not for lbfgs.")
        @Valid
        @Nullable GradientClippingSettings gradientClipping,
    @Schema(description = "What ends the training before its epochs are over") @Valid
        @Nullable StopWhen stopWhen,
    @Valid @Nullable EarlyStoppingSettings earlyStopping) {

  /// Epochs where none are given.
  public static final int DEFAULT_EPOCHS = 200;

  /// The seed where none is given.
  public static final long DEFAULT_SEED = 42;

  /// What ends a training before its epochs are over.
  ///
  /// @param trainingLoss a training loss that is low enough
  /// @param seconds time from the start of the training
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StopWhen(
      @Schema(description = "A training loss that is low enough", example = "0.001")
          @Positive(message = "must be above 0")
          @Nullable Double trainingLoss,
      @Schema(description = "Seconds from the start of the training", example = "60")
          @Positive(message = "must be above 0")
          @Nullable Double seconds) {}
}
