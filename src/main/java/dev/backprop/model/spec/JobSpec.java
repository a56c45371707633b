package dev.backprop.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.dataset.intake.DatasetSource;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A training job: a data set, and what to make of it. Only the data set is required.
///
/// @param name the model's name; the training makes its next version
/// @param dataset what to learn from
/// @param features the columns to predict from; by default all that are not targets
/// @param targets the columns to predict; by default the last one
/// @param task by default classification for categories and booleans, regression for numbers and
///   dates
/// @param warmStart the model to start from in place of random parameters
/// @param weights the column of how much each row counts; by default all count the same
/// @param priority which jobs it comes before in the queue; by default normal
/// @param webhook whom to tell of the end; by default nobody
public record JobSpec(
    @Schema(
            description =
                "The model's name; the training makes its next version. By default the data set's"
                    + " name.",
            example = "xor")
        @Pattern(regexp = JobSpec.NAME, message = JobSpec.NAME_RULE)
        @Nullable String name,
    @Schema(description = "What to learn from: a stored data set's id, or the data themselves")
        @NotNull(message = "a data set is needed: its id, or the data themselves")
        @Valid
        @Nullable DatasetSource dataset,
    @Schema(
            description = "The columns to predict from. By default all that are not targets.",
            example = "[\"x1\", \"x2\"]")
        @Nullable List<@NotNull String> features,
    @Schema(description = "The columns to predict. By default the last one.", example = "[\"y\"]")
        @Nullable List<@NotNull String> targets,
    @Schema(
            description =
                "What the network learns. By default classification where the target has"
                    + " categories or booleans, regression where it has numbers or dates; a date is"
                    + " predicted as a number of days since 1970-01-01.")
        @Nullable Task task,
    @Schema(description = "How columns become inputs") @Valid
        @Nullable PreprocessingSettings preprocessing,
    @Schema(description = "The network. By default one hidden layer of 32 relu units.") @Valid
        @Nullable NetworkSettings network,
    @Schema(description = "How to train") @Valid @Nullable TrainingSettings training,
    @Schema(description = "Rows to measure with. By default none.") @Valid
        @Nullable ValidationSettings validation,
    @Schema(
            description =
                "A model whose parameters the training starts from, in place of random ones: to"
                    + " train it further, on the same data or on new rows of the same columns. Its"
                    + " means, deviations, categories and classes are kept, because its parameters"
                    + " mean something only with them. What is left out of `features`, `targets`,"
                    + " `task`, `preprocessing`, `network` and the `loss` is the model's, and so is"
                    + " the `name`, whose next version this makes; what is given must be the same,"
                    + " except `dropout` and a `loss` that fits the output. By default there is"
                    + " none.")
        @Valid
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable WarmStartSettings warmStart,
    @Schema(
            description =
                "A column that says how much each row counts, in numbers from 0 on. It is neither"
                    + " a feature nor a target, and predict does not ask for it. The weight w of a"
                    + " row is its number times the weight of its class, divided by the mean of"
                    + " these products over the training rows. The loss of a batch of n rows is"
                    + " Σ w·ℓ / n with ℓ the loss of a row, so that the gradient of each row counts"
                    + " w times; the loss of the validation rows is Σ w·ℓ / Σ w. Metrics weigh the"
                    + " rows alike; the scales of features and the split do not. By default all"
                    + " rows count the same.",
            example = "importance")
        @Nullable String weights,
    @Schema(
            description =
                "Which jobs it comes before in the queue. Higher ones go first; while a lower one"
                    + " waits, it gets every eighth start. At the same priority callers take turns,"
                    + " and of one caller the first to come goes first. No part of the model's spec."
                    + " By default `normal`.",
            example = "normal")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Priority priority,
    @Schema(
            description =
                "Whom to tell that the job has ended, by a signed POST of `{\"type\":"
                    + " \"job.succeeded\", \"timestamp\": …, \"data\": {\"id\": …, \"status\": …,"
                    + " \"stopReason\": …}}` as Standard Webhooks has it, or `job.cancelled` or"
                    + " `job.failed`; repeated where it fails. Refused unless"
                    + " backprop.webhooks.allowed-hosts names the host. No part of the model's"
                    + " spec. By default nobody is told.")
        @Valid
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable WebhookSettings webhook) {

  /// What the name of a model looks like: safe in a URL.
  public static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

  /// What is wrong with any other name.
  public static final String NAME_RULE =
      "must be 1 to 100 letters, digits, '.', '_' or '-', a letter or digit first";

  /// Checks the name of a model that comes as a query parameter.
  ///
  /// @throws ProblemException [ProblemType#INVALID_REQUEST] if it is none
  public static void requireName(String name) {
    if (!name.matches(NAME)) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "name %s, got '%s'.".formatted(NAME_RULE, JsonErrors.shorten(name)));
    }
  }

  /// The same, trained otherwise.
  public JobSpec withTraining(TrainingSettings other) {
    return with(dataset, other, validation, priority, webhook);
  }

  /// The same with other rows to validate with.
  public JobSpec withValidation(@Nullable ValidationSettings other) {
    return with(dataset, training, other, priority, webhook);
  }

  /// The same with other data.
  public JobSpec withDataset(@Nullable DatasetSource other) {
    return with(other, training, validation, priority, webhook);
  }

  /// The same without what concerns the job alone and not the model.
  public JobSpec ofModel() {
    return with(dataset, training, validation, null, null);
  }

  private JobSpec with(
      @Nullable DatasetSource otherDataset,
      @Nullable TrainingSettings otherTraining,
      @Nullable ValidationSettings otherValidation,
      @Nullable Priority otherPriority,
      @Nullable WebhookSettings otherWebhook) {
    return new JobSpec(
        name,
        otherDataset,
        features,
        targets,
        task,
        preprocessing,
        network,
        otherTraining,
        otherValidation,
        warmStart,
        weights,
        otherPriority,
        otherWebhook);
  }
}
