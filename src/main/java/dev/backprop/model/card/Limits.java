package dev.backprop.model.card;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.preprocessing.CategoryEncoder;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.dataset.preprocessing.UnseenCategory;
import dev.backprop.model.Model;
import dev.backprop.model.TrainingSummary;
import dev.backprop.model.spec.PreprocessingSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the numbers of a model say about where it ends.
final class Limits {

  /// Fewer rows to validate with leave a metric to luck: the standard error of a share of 0.9 among
  /// 100 is 0.03.
  private static final int FEW_ROWS = 100;

  /// Fewer rows of a class than these are few.
  private static final int SELDOM = 20;

  /// A validation loss that is so many times the training loss.
  private static final double APART = 1.5;

  private final Model model;
  private final @Nullable Dataset data;

  /// @param data what the model was trained on, null where that is no longer kept
  Limits(Model model, @Nullable Dataset data) {
    this.model = model;
    this.data = data;
  }

  List<String> all() {
    List<String> limits = new ArrayList<>();
    limits.add(
        "Numbers outside of the ranges above are predicted for and flagged; the training did not"
            + " prepare for them.");
    addCategories(limits);
    addValidation(limits);
    addFit(limits);
    addConstants(limits);
    addClasses(limits);
    return limits;
  }

  private void addCategories(List<String> limits) {
    List<CategoryEncoder> categories =
        model.preprocessor().features().stream()
            .filter(CategoryEncoder.class::isInstance)
            .map(CategoryEncoder.class::cast)
            .toList();
    if (categories.isEmpty()) {
      return;
    }
    PreprocessingSettings settings = model.spec().preprocessing();
    boolean rejects = settings != null && settings.unseenCategory() == UnseenCategory.REJECT;
    limits.add(
        rejects
            ? "Rows with categories that did not occur in training are refused."
            : "Categories that did not occur in training are predicted for and flagged.");
    categories.stream()
        .filter(category -> !category.folded().isEmpty())
        .forEach(
            category ->
                limits.add(
                    "Categories of %s that were too rare to be told apart: %s."
                        .formatted(category.name(), Card.names(category.folded()))));
  }

  private void addValidation(List<String> limits) {
    TrainingSummary training = model.training();
    if (model.crossValidation() != null || training == null) {
      return;
    }
    int rows = training.validationRows();
    if (rows == 0) {
      limits.add(
          "No rows were kept from the training to validate with: how good it is on new rows was not"
              + " measured.");
    } else if (rows < FEW_ROWS) {
      limits.add(
          "It was validated on %d rows only: one row more or less that is right changes the accuracy by %s."
              .formatted(rows, Plain.number(1.0 / rows)));
    }
  }

  private void addFit(List<String> limits) {
    Double validation = model.metrics().validationLoss();
    Double training = model.metrics().trainingLoss();
    if (validation != null && training != null && training > 0 && validation > APART * training) {
      limits.add(
          "The loss of the validation rows is %s times that of the training rows."
              .formatted(Plain.number(validation / training)));
    }
    TrainingSummary summary = model.training();
    int parameters = model.parameters().values().length;
    if (summary != null && parameters > summary.trainingRows()) {
      limits.add(
          "The network has more parameters (%d) than there were training rows (%d)."
              .formatted(parameters, summary.trainingRows()));
    }
  }

  private void addConstants(List<String> limits) {
    List<String> constant =
        model.preprocessor().features().stream()
            .filter(
                feature ->
                    feature instanceof NumberEncoder number && number.minimum() == number.maximum())
            .map(FeatureEncoder::name)
            .toList();
    if (!constant.isEmpty()) {
      limits.add(
          "Features that had one value in all training rows, so that nothing was learned from them: %s."
              .formatted(Card.names(constant)));
    }
  }

  private void addClasses(List<String> limits) {
    if (data == null || !(model.preprocessor().target() instanceof TargetEncoder.Classes classes)) {
      return;
    }
    int[] rows = new int[classes.labels().size()];
    for (int code : classes.codes(data)) {
      if (code >= 0) {
        rows[code]++;
      }
    }
    List<String> seldom = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] < SELDOM) {
        seldom.add("%s (%d)".formatted(classes.labels().get(i), rows[i]));
      }
    }
    if (!seldom.isEmpty()) {
      limits.add(
          "Classes with fewer than %d rows in the data set: %s."
              .formatted(SELDOM, Card.names(seldom)));
    }
  }
}
