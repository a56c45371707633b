package dev.backprop.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/// Rows to measure with, which the training never sees: exactly one of the three says which.
///
/// @param fraction share of the rows, drawn by the seed, of each class alike
/// @param column that says of each row which side it is on
/// @param dataset id of a data set all of whose rows are for validation
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Exactly one of `fraction`, `column` and `dataset`")
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
        @Nullable String dataset) {

  /// A share of the rows.
  public static ValidationSettings ofFraction(double fraction) {
    return new ValidationSettings(fraction, null, null);
  }
}
