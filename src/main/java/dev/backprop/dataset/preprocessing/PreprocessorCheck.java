package dev.backprop.dataset.preprocessing;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.ClassLabels;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.IgnoredColumn;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.Texts;
import dev.backprop.problem.InputErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Whether the columns of a data set can be what a caller wants them to be.
final class PreprocessorCheck {

  private static final String ONLY_FEATURES = ": only features can lack values";

  private final Dataset data;
  private final InputErrors errors;

  PreprocessorCheck(Dataset data, InputErrors errors) {
    this.data = data;
    this.errors = errors;
  }

  /// Before fitting.
  void check(List<String> features, Target target, MissingValues missing) {
    if (features.isEmpty()) {
      errors.add("#/features", "at least one feature is needed");
    }
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < features.size(); i++) {
      String name = features.get(i);
      String pointer = "#/features/" + i;
      if (!taken.add(name)) {
        errors.add(pointer, "column '" + Texts.shorten(name) + "' is named twice");
      } else if (target.columns().contains(name)) {
        errors.add(pointer, "column '" + Texts.shorten(name) + "' is the target as well");
      } else {
        present(name, pointer).ifPresent(column -> checkFeature(column, missing, pointer));
      }
    }
    for (int i = 0; i < target.columns().size(); i++) {
      String pointer = "#/targets/" + i;
      present(target.columns().get(i), pointer)
          .filter(column -> complete(column, ONLY_FEATURES, pointer))
          .ifPresent(column -> checkTarget(column, target, pointer));
    }
    if (target.columns().isEmpty()) {
      errors.add("#/targets", "at least one target is needed");
    }
  }

  private void checkFeature(Column column, MissingValues missing, String pointer) {
    switch (missing) {
      case IMPUTE -> {} // whatever is missing is made up for
      case REJECT ->
          complete(column, ", or set \"missing\" of preprocessing to \"impute\"", pointer);
    }
  }

  /// Before fitting, once it is clear which rows are trained with.
  void checkTrainingRows(List<String> features, int[] rows) {
    for (int i = 0; i < features.size(); i++) {
      Column column = Columns.require(data, features.get(i));
      if (IntStream.of(rows).allMatch(column::isMissing)) {
        errors.add(
            "#/features/" + i,
            "column '%s' has no value in the %d training rows; leave it out of the features"
                .formatted(column.name(), rows.length));
      }
    }
  }

  /// How much rows count, before fitting.
  void checkWeights(String name, List<String> features, Target target) {
    String pointer = "#/weights";
    if (features.contains(name) || target.columns().contains(name)) {
      errors.add(
          pointer,
          "column '%s' is a %s as well; a column of weights is neither feature nor target"
              .formatted(
                  Texts.shorten(name), target.columns().contains(name) ? "target" : "feature"));
      return;
    }
    present(name, pointer)
        .filter(column -> complete(column, ONLY_FEATURES, pointer))
        .ifPresent(
            column -> {
              switch (column) {
                case CategoryColumn _ ->
                    errors.add(
                        pointer,
                        "column '%s' has categories, weights are numbers from 0 on"
                            .formatted(column.name()));
                case NumberColumn numbers -> checkNotNegative(numbers, pointer);
              }
            });
  }

  private void checkNotNegative(NumberColumn weights, String pointer) {
    for (int row = 0; row < weights.rows(); row++) {
      float value = weights.value(row);
      if (value < 0) {
        errors.add(
            pointer,
            "column '%s' has %s in row %d (counted from 0), weights are numbers from 0 on"
                .formatted(weights.name(), ClassLabels.text(value), row));
        return;
      }
    }
  }

  /// Before another data set is encoded.
  void check(Preprocessor preprocessor, String pointer) {
    for (FeatureEncoder feature : preprocessor.features()) {
      present(feature.name(), pointer)
          .filter(column -> sameKind(column, feature, pointer))
          .filter(_ -> !feature.imputes())
          .ifPresent(column -> complete(column, ": the model refuses missing values", pointer));
    }
    for (String name : preprocessor.target().columns()) {
      present(name, pointer)
          .filter(column -> complete(column, ONLY_FEATURES, pointer))
          .ifPresent(column -> checkTarget(column, preprocessor.target(), pointer));
    }
  }

  private boolean sameKind(Column column, FeatureEncoder feature, String pointer) {
    boolean same = column.type() == feature.type();
    if (!same) {
      errors.add(
          pointer,
          "column '%s' has %s, the model was trained with %s"
              .formatted(column.name(), column.type().cells(), feature.type().cells()));
    }
    return same;
  }

  /// Before features are encoded whose every category has to be known; after [#check].
  void checkCategories(Preprocessor preprocessor, String pointer) {
    for (FeatureEncoder feature : preprocessor.features()) {
      if (feature instanceof CategoryEncoder encoder
          && !encoder.hasOther()
          && data.column(encoder.name()).orElse(null) instanceof CategoryColumn column) {
        checkKnown(column, "category", encoder.categories(), pointer);
      }
    }
  }

  /// The column, if it is there.
  private Optional<Column> present(String name, String pointer) {
    Optional<Column> column = data.column(name);
    Optional<IgnoredColumn> ignored = data.ignored(name);
    if (ignored.isPresent()) {
      errors.add(
          pointer,
          "column '%s' was left out of the data set: %s"
              .formatted(Texts.shorten(name), ignored.get().reason()));
      return column;
    }
    if (column.isEmpty()) {
      errors.add(
          pointer,
          "there is no column '%s'; the columns are %s".formatted(Texts.shorten(name), names()));
    }
    return column;
  }

  /// @param otherwise what to know or do beside leaving rows out
  private boolean complete(Column column, String otherwise, String pointer) {
    if (column.missing() == 0) {
      return true;
    }
    int first = 0;
    while (!column.isMissing(first)) {
      first++;
    }
    errors.add(
        pointer,
        "column '%s' has %d missing %s, first in row %d (counted from 0); leave those rows out%s"
            .formatted(
                column.name(),
                column.missing(),
                column.missing() == 1 ? "value" : "values",
                first,
                otherwise));
    return false;
  }

  private void checkTarget(Column column, Target target, String pointer) {
    switch (target) {
      case Target.Classes classes -> checkClasses(column, classes.binary(), pointer);
      case Target.Values _ -> checkNumbers(column, "regression", pointer);
      case Target.Labels _ -> checkIndicator(column, pointer);
    }
  }

  private void checkTarget(Column column, TargetEncoder target, String pointer) {
    switch (target) {
      case TargetEncoder.Classes classes -> checkKnown(column, "class", classes.labels(), pointer);
      case TargetEncoder.Values _ -> checkNumbers(column, "regression", pointer);
      case TargetEncoder.Labels _ -> checkIndicator(column, pointer);
    }
  }

  private void checkClasses(Column column, boolean binary, String pointer) {
    int classes = ClassLabels.of(column).size();
    if (classes < 2) {
      errors.add(
          pointer, "column '" + column.name() + "' has one class only, at least 2 are needed");
    } else if (classes > ClassLabels.MAX_CLASSES) {
      errors.add(
          pointer,
          "column '%s' has more than %d different values, too many for classes; is this a regression?"
              .formatted(column.name(), ClassLabels.MAX_CLASSES));
    } else if (binary && classes != 2) {
      errors.add(
          pointer,
          "column '%s' has %d classes, a single output tells 2 apart"
              .formatted(column.name(), classes));
    }
  }

  /// @param kind what a text of the column is called
  private void checkKnown(Column column, String kind, List<String> known, String pointer) {
    int[] codes = ClassLabels.codes(column, known);
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] < 0 && !column.isMissing(row)) {
        String label =
            switch (column) {
              case CategoryColumn categories -> categories.categories().get(categories.code(row));
              case NumberColumn numbers -> ClassLabels.text(numbers, numbers.value(row));
            };
        errors.add(
            pointer,
            "column '%s' has the %s '%s' in row %d (counted from 0), which the model does not know"
                .formatted(column.name(), kind, Texts.shorten(label), row));
        return;
      }
    }
  }

  private boolean checkNumbers(Column column, String task, String pointer) {
    if (column instanceof CategoryColumn) {
      errors.add(
          pointer, "column '%s' has categories, %s needs numbers".formatted(column.name(), task));
      return false;
    }
    return true;
  }

  private void checkIndicator(Column column, String pointer) {
    if (!checkNumbers(column, "multilabel", pointer) || !(column instanceof NumberColumn numbers)) {
      return;
    }
    for (int row = 0; row < numbers.rows(); row++) {
      float value = numbers.value(row);
      if (value != 0 && value != 1) {
        errors.add(
            pointer,
            "column '%s' has %s in row %d (counted from 0), multilabel needs 0 or 1"
                .formatted(column.name(), ClassLabels.text(value), row));
        return;
      }
    }
  }

  private String names() {
    return Columns.names(data);
  }
}
