package dev.backprop.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.model.spec.JobSpec;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A column of the data set, what was inferred about it, and what the job makes of it.
@Schema(name = "PlannedColumn")
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlannedColumn(
    @Schema(example = "petal_length") String name,
    @Schema(
            example = "number",
            allowableValues = {"number", "category", "boolean", "date"})
        String type,
    Role role,
    @Schema(description = "Cells without a value") int missing,
    @Schema(
            description = "Of numbers, of booleans as 0 and 1, of dates in days since 1970-01-01",
            example = "1.0")
        @Nullable Float min,
    @Schema(example = "6.9") @Nullable Float max,
    @Schema(example = "3.758") @Nullable Double mean,
    @Schema(description = "How many categories there are", example = "3")
        @Nullable Integer categoryCount,
    @Schema(description = "The first 20 categories", example = "[\"setosa\"]")
        @Nullable List<String> categories) {

  private static final int SHOWN = 20;

  /// What a column is for.
  enum Role {
    /// Predicted from.
    FEATURE,
    /// Predicted.
    TARGET,
    /// How much a row counts.
    WEIGHTS,
    /// Says which rows are for validation.
    VALIDATION,
    /// Not used to train.
    UNUSED
  }

  static PlannedColumn of(Column column, JobSpec spec) {
    Role role = role(column.name(), spec);
    return switch (column) {
      case NumberColumn numbers -> of(numbers, role);
      case CategoryColumn categories ->
          new PlannedColumn(
              categories.name(),
              categories.type().word(),
              role,
              categories.missing(),
              null,
              null,
              null,
              categories.categories().size(),
              categories.categories().stream().limit(SHOWN).toList());
    };
  }

  private static PlannedColumn of(NumberColumn column, Role role) {
    boolean known = column.missing() < column.rows();
    return new PlannedColumn(
        column.name(),
        column.type().word(),
        role,
        column.missing(),
        known ? column.min() : null,
        known ? column.max() : null,
        known ? column.mean() : null,
        null,
        null);
  }

  private static Role role(String name, JobSpec spec) {
    if (Objects.requireNonNull(spec.targets()).contains(name)) {
      return Role.TARGET;
    }
    if (Objects.requireNonNull(spec.features()).contains(name)) {
      return Role.FEATURE;
    }
    if (spec.validation() != null && name.equals(spec.validation().column())) {
      return Role.VALIDATION;
    }
    return name.equals(spec.weights()) ? Role.WEIGHTS : Role.UNUSED;
  }
}
