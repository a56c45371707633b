package dev.backprop.inference;

import dev.backprop.problem.InputErrors;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/// Raw rows to predict for, in one of two forms.
///
/// @param inputs rows of values in the order of the model's features
/// @param rows objects from feature to value
@Schema(description = "Exactly one of inputs and rows")
record PredictRequest(
    @Schema(
            description =
                "Rows of values in the order of the model's features: numbers, texts for"
                    + " categories and dates, true or false for booleans",
            implementation = Object[][].class,
            example = "[[0, 0], [0, 1], [1, 0], [1, 1]]")
        @JsonDeserialize(using = RawRowsReader.Inputs.class)
        @Nullable RawRows inputs,
    @Schema(description = "Objects from feature to value", implementation = Map[].class)
        @JsonDeserialize(using = RawRowsReader.Objects.class)
        @Nullable RawRows rows) {

  /// The rows in the form that was used.
  RawRows given() {
    return inputs != null ? inputs : rows != null ? rows : new RawRows();
  }

  /// How many rows there are.
  int size() {
    return given().size();
  }

  /// Adds what is wrong with the request as a whole.
  void check(int maxRows, InputErrors errors) {
    if ((inputs == null) == (rows == null)) {
      errors.add(
          "#",
          inputs == null
              ? "inputs or rows are needed: {\"inputs\": [[…]]} or {\"rows\": [{…}]}"
              : "inputs and rows are given; leave one of the two out");
    } else if (size() == 0) {
      errors.add(inputs != null ? "#/inputs" : "#/rows", "there are no rows");
    } else if (size() > maxRows) {
      errors.add(
          inputs != null ? "#/inputs" : "#/rows",
          "%d rows; the limit of backprop.inference.max-rows is %d".formatted(size(), maxRows));
    }
  }
}
