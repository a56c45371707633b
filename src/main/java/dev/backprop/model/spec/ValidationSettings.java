package dev.backprop.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.dataset.preprocessing.Split;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/// Rows to measure with, which the training never sees: exactly one of the four says which.
///
/// @param fraction share of the rows, drawn by the seed, of each class alike
/// @param column that says of each row which side it is on
/// @param dataset id of a data set all of whose rows are for validation
/// @param folds how many parts the rows are divided into for cross-validation
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Exactly one of `fraction`, `column`, `dataset` and `folds`")
public record ValidationSettings(
    @Schema(
            description =
                "Share of the rows, above 0 and below 1, drawn by the seed; of each class alike",
            example = "0.2")
        @DecimalMin(value = "0", inclusive = false, message = "must be between 0 and 1")
        @DecimalMax(value = "1", inclusive = false, message = "must be between 0 and 1")
        @Nullable Double fraction,
    @Schema(
            description =
                "A column that says of each row which side it is on. `train`, `training`, `false` or"
                    + " 0: for training. `validation`, `valid`, `val`, `true` or 1: for validation."
                    + " `test`: for validation if no other row is, else for neither, so that it"
                    + " can be tested with later. Upper and lower case are the same; any other"
                    + " value, and a missing one, is refused. The column is neither a feature nor"
                    + " a target, and predict does not ask for it.")
        @Nullable String column,
    @Schema(
            description =
                "The id of a second data set, all of whose rows are for validation. It has the"
                    + " features, the targets and the column of weights under the same names and"
                    + " of the same types, and no other classes; more columns do not matter. It is"
                    + " encoded as fitted on the training rows alone, and cannot be deleted while"
                    + " the job needs it.")
        @Nullable String dataset,
    @Schema(
            description =
                "Cross-validation, with 2 to 20 folds and no more than there are rows. The model is"
                    + " trained on all rows, without validation rows in its curve. After that the"
                    + " rows are divided by the seed into folds of the same size, of each class"
                    + " alike; for each, one more network is trained with the same settings on the"
                    + " rows of the others, from which its scales, categories and weights come too,"
                    + " and measured on the fold. `crossValidation` of the model has the mean and"
                    + " the deviation of the loss and each metric. `stopWhen.seconds` is the time of"
                    + " each training. A job that is cancelled meanwhile keeps its model.",
            example = "5")
        @Min(value = 2, message = "at least 2 folds are needed")
        @Max(value = Split.MAX_FOLDS, message = "there are at most 20 folds")
        @Nullable Integer folds) {

  /// A share of the rows.
  public static ValidationSettings ofFraction(double fraction) {
    return new ValidationSettings(fraction, null, null, null);
  }
}
