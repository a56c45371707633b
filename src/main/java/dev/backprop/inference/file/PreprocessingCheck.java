package dev.backprop.inference.file;

import dev.backprop.inference.file.ModelDocument.PreprocessingDocument;
import dev.backprop.problem.InputErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what a preprocessor that was fitted to data cannot be like. What is required is there.
final class PreprocessingCheck {

  private static final String HERE = "#/preprocessing";

  private final InputErrors errors;
  private final Set<String> columns = new HashSet<>();

  /// @param errors takes what is wrong
  PreprocessingCheck(InputErrors errors) {
    this.errors = errors;
  }

  void check(PreprocessingDocument document) {
    List<FeatureDocument> features = Objects.requireNonNull(document.features());
    if (features.isEmpty()) {
      errors.add(HERE + "/features", "a model has features");
    }
    for (int i = 0; i < features.size(); i++) {
      check(features.get(i), HERE + "/features/" + i);
    }
    checkTarget(Objects.requireNonNull(document.target()), HERE + "/target");
  }

  private void check(FeatureDocument feature, String pointer) {
    checkColumn(Objects.requireNonNull(feature.name()), pointer + "/name");
    switch (feature) {
      case FeatureDocument.OfNumbers number -> {
        checkScale(Objects.requireNonNull(number.scale()), pointer + "/scale");
        checkIndicator(number.indicator(), number.imputed(), pointer);
        if (number.minimum() > number.maximum()) {
          errors.add(pointer + "/minimum", "is above the maximum");
        }
      }
      case FeatureDocument.OfCategories category -> checkCategories(category, pointer);
    }
  }

  private void checkColumn(String name, String pointer) {
    if (!columns.add(name)) {
      errors.add(pointer, "there is a column of this name already");
    }
  }

  private void checkIndicator(boolean indicator, @Nullable Object imputed, String pointer) {
    if (indicator && imputed == null) {
      errors.add(pointer + "/indicator", "nothing can be missing where nothing is imputed");
    }
  }

  private void checkScale(ScaleDocument scale, String pointer) {
    double width = scale.toScaler().scale();
    if (!(width > 0 && Double.isFinite(width))) {
      errors.add(pointer, "numbers are divided by %s, which is not above 0".formatted(width));
    }
  }

  private void checkCategories(FeatureDocument.OfCategories category, String pointer) {
    List<String> own = Objects.requireNonNull(category.categories());
    List<String> folded = Objects.requireNonNull(category.folded());
    checkSorted(own, pointer + "/categories");
    checkSorted(folded, pointer + "/folded");
    Set<String> known = new HashSet<>(own);
    known.addAll(folded);
    if (known.isEmpty()) {
      errors.add(pointer + "/categories", "there are none");
    } else if (known.size() < own.size() + folded.size()) {
      errors.add(pointer + "/folded", "a category has an input of its own too, or is there twice");
    }
    String imputed = category.imputed();
    if (imputed != null && !known.contains(imputed)) {
      errors.add(pointer + "/imputed", "is none of the categories");
    }
    checkIndicator(category.indicator(), imputed, pointer);
  }

  private void checkSorted(List<String> texts, String pointer) {
    for (int i = 1; i < texts.size(); i++) {
      if (texts.get(i - 1).compareTo(texts.get(i)) >= 0) {
        errors.add(pointer + "/" + i, "is not behind the one before it in the order of texts");
        return;
      }
    }
  }

  private void checkTarget(TargetDocument target, String pointer) {
    switch (target) {
      case TargetDocument.Classes classes -> {
        checkColumn(Objects.requireNonNull(classes.column()), pointer + "/column");
        checkLabels(classes, pointer + "/labels");
      }
      case TargetDocument.Labels labels ->
          checkColumns(Objects.requireNonNull(labels.columns()), pointer + "/columns");
      case TargetDocument.Values values -> {
        List<ScaleDocument> scales = Objects.requireNonNull(values.scales());
        checkColumns(Objects.requireNonNull(values.columns()), pointer + "/columns");
        if (scales.size() != values.columns().size()) {
          errors.add(pointer + "/scales", "there is not one for each column");
        }
        for (int i = 0; i < scales.size(); i++) {
          checkScale(scales.get(i), pointer + "/scales/" + i);
        }
      }
    }
  }

  private void checkLabels(TargetDocument.Classes classes, String pointer) {
    List<String> labels = Objects.requireNonNull(classes.labels());
    if (labels.size() < 2) {
      errors.add(pointer, "there are fewer than 2 classes");
    } else if (classes.singleOutput() && labels.size() != 2) {
      errors.add(pointer, "a single output is for 2 classes");
    }
    if (new HashSet<>(labels).size() < labels.size()) {
      errors.add(pointer, "a class is there twice");
    }
  }

  private void checkColumns(List<String> names, String pointer) {
    if (names.isEmpty()) {
      errors.add(pointer, "there are none");
    }
    for (int i = 0; i < names.size(); i++) {
      checkColumn(names.get(i), pointer + "/" + i);
    }
  }
}
