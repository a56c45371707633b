package dev.backprop.dataset;

import java.util.ArrayList;
import java.util.List;

/// Fits feature encoders to the training rows. Looks at no other row: what the validation rows
/// would add, a model in use does not have either.
final class FeatureFitting {

  private final int[] rows;
  private final boolean standardize;

  FeatureFitting(int[] rows, boolean standardize) {
    this.rows = rows;
    this.standardize = standardize;
  }

  FeatureEncoder fit(Column column) {
    return switch (column) {
      case NumberColumn numbers when numbers.format() == NumberFormat.NUMBER -> fit(numbers);
      case NumberColumn numbers -> new FeatureEncoder.Formatted(fit(numbers), numbers.format());
      case CategoryColumn categories -> fit(categories);
    };
  }

  private FeatureEncoder fit(NumberColumn column) {
    float[] values = new float[rows.length];
    boolean indicator = true;
    for (int i = 0; i < rows.length; i++) {
      values[i] = column.value(rows[i]);
      indicator &= values[i] == 0 || values[i] == 1;
    }
    NumberColumn seen = new NumberColumn(column.name(), values);
    if (!standardize || indicator) {
      return new FeatureEncoder.Identity(column.name(), seen.min(), seen.max());
    }
    boolean constant = seen.min() == seen.max();
    return new FeatureEncoder.Standardize(
        column.name(),
        seen.mean(),
        constant ? 1 : seen.standardDeviation(),
        seen.min(),
        seen.max());
  }

  private FeatureEncoder fit(CategoryColumn column) {
    boolean[] seen = new boolean[column.categories().size()];
    for (int row : rows) {
      if (!column.isMissing(row)) {
        seen[column.code(row)] = true;
      }
    }
    List<String> categories = new ArrayList<>();
    for (int code = 0; code < seen.length; code++) {
      if (seen[code]) {
        categories.add(column.categories().get(code));
      }
    }
    return new FeatureEncoder.OneHot(column.name(), categories);
  }
}
