package dev.backprop.dataset.preprocessing;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import java.util.ArrayList;
import java.util.List;

/// Fits encoders to the training rows. Looks at no other row: what the validation rows would add, a
/// model in use does not have either.
final class FeatureFitting {

  private final int[] rows;
  private final Preprocessing settings;
  private final boolean imputes;

  FeatureFitting(int[] rows, Preprocessing settings) {
    this.rows = rows;
    this.settings = settings;
    imputes = settings.missing() == MissingValues.IMPUTE;
  }

  FeatureEncoder fit(Column column) {
    return switch (column) {
      case NumberColumn numbers -> fit(numbers);
      case CategoryColumn categories -> fit(categories);
    };
  }

  /// The numbers of the training rows.
  private NumberColumn seen(NumberColumn column) {
    float[] values = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = column.value(rows[i]);
    }
    return new NumberColumn(column.name(), values);
  }

  private NumberEncoder fit(NumberColumn column) {
    NumberColumn seen = seen(column);
    return new NumberEncoder(
        column.name(),
        ScalerFitting.fit(settings.scaling(), seen),
        seen.min(),
        seen.max(),
        imputes ? usual(seen) : null,
        imputes && seen.missing() > 0,
        column.format());
  }

  /// What outliers do not move the scale by, they do not move this by either.
  private double usual(NumberColumn seen) {
    return settings.scaling() == Scaling.ROBUST ? ScalerFitting.median(seen) : seen.mean();
  }

  private CategoryEncoder fit(CategoryColumn column) {
    int[] counts = new int[column.categories().size()];
    int missing = 0;
    for (int row : rows) {
      if (column.isMissing(row)) {
        missing++;
      } else {
        counts[column.code(row)]++;
      }
    }
    List<String> categories = new ArrayList<>();
    List<String> folded = new ArrayList<>();
    int most = 0;
    for (int code = 0; code < counts.length; code++) {
      if (counts[code] > 0) {
        boolean rare = counts[code] < settings.minCategoryCount();
        (rare ? folded : categories).add(column.categories().get(code));
      }
      most = counts[code] > counts[most] ? code : most;
    }
    return new CategoryEncoder(
        column.name(),
        categories,
        folded,
        imputes ? column.categories().get(most) : null,
        imputes && missing > 0,
        settings.unseenCategory() == UnseenCategory.REJECT);
  }

  /// Scales the targets of a regression, if that is the setting.
  TargetEncoder fit(TargetEncoder target, Dataset data) {
    if (!settings.standardizeTargets() || !(target instanceof TargetEncoder.Values values)) {
      return target;
    }
    List<Scaler> scalers =
        values.columns().stream()
            .map(name -> seen(Columns.requireNumbers(data, name)))
            .map(seen -> ScalerFitting.fit(Scaling.STANDARDIZE, seen))
            .toList();
    return new TargetEncoder.Values(values.columns(), scalers);
  }
}
