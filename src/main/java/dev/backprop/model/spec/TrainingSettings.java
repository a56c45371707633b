package dev.backprop.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.metric.Metric;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.train.BatchSize;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.util.List;
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
/// @param earlyStopping ends the training when it no longer gets better
/// @param layerStatistics whether the loss curve has the norms and dead units of each layer
/// @param classWeights how much the rows of each class count
/// @param metrics what each epoch measures beside the loss
/// @param threads that share the work, at most
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
    @Valid @Nullable EarlyStoppingSettings earlyStopping,
    @Schema(
            description =
                "Whether the loss curve has `layers` too: for each layer and epoch the norm of the"
                    + " gradient, the norm of the parameters, and the share of dead units. It"
                    + " takes some more time and, for each layer and epoch, 12 bytes.",
            defaultValue = "false")
        @Nullable Boolean layerStatistics,
    @Schema(
            implementation = Object.class,
            types = {"string", "object"},
            description =
                "How much the rows of each class count: \"none\" for all the same; \"balanced\" for"
                    + " n / (k·n_c), with n training rows, n_c of the class, and k classes that have"
                    + " any, where rows with weights of their own count as much as these say; or an"
                    + " object with a number from 0 to 1e30 for each class, 1 for those that it does"
                    + " not name. Multiplied with the row's own weight, and scaled with it. For"
                    + " classification only.",
            defaultValue = "none",
            example = "balanced")
        @JsonDeserialize(using = ClassWeightsJson.Reader.class)
        @JsonSerialize(using = ClassWeightsJson.Writer.class)
        @Nullable ClassWeights classWeights,
    @Schema(
            description =
                "What each epoch measures beside the loss, for the rows of training, each measured"
                    + " as its loss is, and of validation, after the epoch. By default accuracy, and"
                    + " rmse, mae and r2 for regression. Several labels have accuracy alone; rocAuc"
                    + " is for two classes, top5Accuracy for more than five, logLoss for softmax or"
                    + " one sigmoid, mape for regression. A metric that the rows do not define, as"
                    + " rocAuc where all are of one class, is left out. The metrics of the model"
                    + " are all that there are in any case.",
            example = "[\"accuracy\", \"rocAuc\"]")
        @Nullable List<@NotNull Metric> metrics,
    @Schema(
            description =
                "Threads that the training runs on, at most: they share the tiles of large products"
                    + " and, with 130,000 parameters or more, the steps of the optimizer. The model"
                    + " is the same, bit for bit, for any number of them, so a job gets fewer where"
                    + " the server has none to spare. From 1 to the server's"
                    + " backprop.jobs.max-threads.",
            defaultValue = "1",
            example = "2")
        @Min(value = 1, message = "at least 1 thread")
        @Nullable Integer threads) {

  /// Epochs where none are given.
  public static final int DEFAULT_EPOCHS = 200;

  /// Threads where none are given.
  public static final int DEFAULT_THREADS = 1;

  /// The seed where none is given.
  public static final long DEFAULT_SEED = 42;

  /// What ends a training before its epochs are over.
  ///
  /// @param trainingLoss a training loss that is low enough
  /// @param seconds time from the start of the training
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StopWhen(
      @Schema(
              description =
                  "A training loss that is low enough, in the units of standardized targets where"
                      + " targets are standardized",
              example = "0.001")
          @Positive(message = "must be above 0")
          @Nullable Double trainingLoss,
      @Schema(description = "Seconds from the start of the training", example = "60")
          @Positive(message = "must be above 0")
          @Nullable Double seconds) {}
}
