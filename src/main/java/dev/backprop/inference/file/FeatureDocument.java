package dev.backprop.inference.file;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.backprop.dataset.NumberFormat;
import dev.backprop.dataset.preprocessing.CategoryEncoder;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.UnseenCategory;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a feature of a raw row becomes inputs of the network.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FeatureDocument.OfNumbers.class, name = "number"),
  @JsonSubTypes.Type(value = FeatureDocument.OfCategories.class, name = "category")
})
sealed interface FeatureDocument {

  /// The column.
  @Nullable String name();

  /// One input, the scaled number, and a second one where `indicator` is set: 1 where the value is
  /// missing, else 0.
  ///
  /// @param format what the number stands for: itself, a boolean, or a date in days since
  ///   1970-01-01
  /// @param minimum of the training rows; beyond it a prediction is flagged
  /// @param maximum of the training rows
  /// @param imputed stands in for a missing number, before scaling; null where none may be missing
  record OfNumbers(
      @NotNull(message = "is required") @Nullable String name,
      @NotNull(message = "is required") @Nullable NumberFormat format,
      @NotNull(message = "is required") @Nullable ScaleDocument scale,
      float minimum,
      float maximum,
      @Nullable Double imputed,
      boolean indicator)
      implements FeatureDocument {}

  /// An input a category, 1 for the row's own; one more that rare and unseen ones share where
  /// `folded` has any; and a last one where `indicator` is set.
  ///
  /// @param categories sorted by their UTF-16 code units
  /// @param folded the rare ones, sorted too
  /// @param imputed stands in for a missing one; null where none may be missing
  /// @param unseen what becomes of a row with another one
  record OfCategories(
      @NotNull(message = "is required") @Nullable String name,
      @NotNull(message = "is required") @Nullable List<@NotNull String> categories,
      @NotNull(message = "is required") @Nullable List<@NotNull String> folded,
      @Nullable String imputed,
      boolean indicator,
      @NotNull(message = "is required") @Nullable UnseenCategory unseen)
      implements FeatureDocument {}

  static FeatureDocument of(FeatureEncoder encoder) {
    return switch (encoder) {
      case NumberEncoder number ->
          new OfNumbers(
              number.name(),
              number.format(),
              ScaleDocument.of(number.scaler()),
              number.minimum(),
              number.maximum(),
              number.imputed(),
              number.indicator());
      case CategoryEncoder category ->
          new OfCategories(
              category.name(),
              category.categories(),
              category.folded(),
              category.imputed(),
              category.indicator(),
              category.rejectsUnseen() ? UnseenCategory.REJECT : UnseenCategory.FLAG);
    };
  }

  /// The encoder. Nothing that is required is missing.
  default FeatureEncoder toEncoder() {
    return switch (this) {
      case OfNumbers number ->
          new NumberEncoder(
              Objects.requireNonNull(number.name()),
              Objects.requireNonNull(number.scale()).toScaler(),
              number.minimum(),
              number.maximum(),
              number.imputed(),
              number.indicator(),
              Objects.requireNonNull(number.format()));
      case OfCategories category ->
          new CategoryEncoder(
              Objects.requireNonNull(category.name()),
              Objects.requireNonNull(category.categories()),
              Objects.requireNonNull(category.folded()),
              category.imputed(),
              category.indicator(),
              category.unseen() == UnseenCategory.REJECT);
    };
  }
}
