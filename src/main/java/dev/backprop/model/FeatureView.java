package dev.backprop.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.dataset.NumberFormat;
import dev.backprop.dataset.preprocessing.CategoryEncoder;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A feature of a model: what a raw row has, and what becomes of it.
@Schema(
    name = "Feature",
    description =
        "A feature as a raw row gives it, and what becomes of it. All numbers and categories are"
            + " those of the training rows.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record FeatureView(
    @Schema(example = "petal_length") String name,
    @Schema(
            example = "number",
            allowableValues = {"number", "category", "boolean", "date"})
        String type,
    @Schema(
            description = "Smallest number or first date in training",
            example = "1.0",
            oneOf = {Float.class, String.class})
        @Nullable Object minimum,
    @Schema(
            description = "Largest number or last date in training",
            example = "6.9",
            oneOf = {Float.class, String.class})
        @Nullable Object maximum,
    @Nullable ScaleView scale,
    @Schema(description = "Categories that occurred in training and have an input of their own")
        @Nullable List<String> categories,
    @Schema(
            description =
                "Rare categories of the training, which share an input with each other and with"
                    + " unseen ones")
        @Nullable List<String> folded,
    @Schema(
            types = {"number", "string"},
            implementation = Object.class,
            description =
                "What stands in for a missing value: the mean of the numbers, their median behind"
                    + " robust, the most frequent category. Absent where missing values are"
                    + " refused.",
            example = "3.76")
        @Nullable Object imputed,
    @Schema(
            description =
                "The inputs of the network that it becomes, in their order: the scaled number under"
                    + " the feature's name; `feature=category` for each category, 1 for the row's own"
                    + " and 0 for the others; `feature:other` for rare categories;"
                    + " `feature:missing`, 1 where the value is missing, if it was in any of the"
                    + " training rows",
            example = "[\"petal_length\"]")
        List<String> inputs) {

  static FeatureView of(FeatureEncoder encoder) {
    return switch (encoder) {
      case NumberEncoder number ->
          new FeatureView(
              number.name(),
              number.type().word(),
              limit(number, number.minimum()),
              limit(number, number.maximum()),
              ScaleView.of(number.scaler()),
              null,
              null,
              number.imputed() == null ? null : imputed(number, number.imputed()),
              number.inputs());
      case CategoryEncoder category ->
          new FeatureView(
              category.name(),
              "category",
              null,
              null,
              null,
              category.categories(),
              category.hasOther() ? category.folded() : null,
              category.imputed(),
              category.inputs());
    };
  }

  /// Of booleans there is nothing to say, and of a network from another place nothing is known.
  private static @Nullable Object limit(NumberEncoder number, float value) {
    if (Math.abs(value) == Float.MAX_VALUE) {
      return null;
    }
    return switch (number.format()) {
      case NUMBER -> value;
      case BOOLEAN -> null;
      case DATE -> number.format().text(value);
    };
  }

  private static Object imputed(NumberEncoder number, double value) {
    return number.format() == NumberFormat.DATE ? number.format().text((float) value) : value;
  }
}
