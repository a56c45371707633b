package dev.backprop.job;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Split;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.Task;
import dev.backprop.model.spec.ValidationSettings;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which rows a training learns from and which it is measured with.
final class ValidationPlan {

  private static final String POINTER = "#/validation";
  private static final String COLUMN = POINTER + "/column";
  private static final String DATASET = POINTER + "/dataset";

  private ValidationPlan() {}

  /// Adds it if the settings say nothing, or more than one thing.
  static void check(@Nullable ValidationSettings settings, InputErrors errors) {
    if (settings == null) {
      return;
    }
    List<String> given = new ArrayList<>();
    if (settings.fraction() != null) {
      given.add("a fraction");
    }
    if (settings.column() != null) {
      given.add("a column");
    }
    if (settings.dataset() != null) {
      given.add("a dataset");
    }
    if (settings.folds() != null) {
      given.add("folds");
    }
    if (given.isEmpty()) {
      errors.add(POINTER, "needs a fraction, such as 0.2, a column, a dataset or folds");
    } else if (given.size() > 1) {
      errors.add(
          POINTER,
          "takes one of fraction, column, dataset and folds, not " + String.join(" and ", given));
    }
  }

  /// Whether there are rows to validate the training of the model with: where there are folds, it
  /// is trained with all.
  static boolean validates(@Nullable ValidationSettings settings) {
    return settings != null && settings.folds() == null;
  }

  /// The column that says which rows are for validation, or null.
  static @Nullable String column(JobSpec spec) {
    return spec.validation() == null ? null : spec.validation().column();
  }

  /// The second data set that the settings name, or null.
  ///
  /// @param errors takes it if there is none of that id
  static @Nullable Dataset dataset(
      @Nullable ValidationSettings settings, DatasetRepository datasets, InputErrors errors) {
    String id = settings == null ? null : settings.dataset();
    if (id == null) {
      return null;
    }
    Optional<Dataset> stored = datasets.find(id);
    if (stored.isEmpty()) {
      errors.add(DATASET, "there is no data set '" + JsonErrors.shorten(id) + "' on this server");
    }
    return stored.orElse(null);
  }

  /// How the rows of the data set are divided.
  ///
  /// @return null, exactly if errors were added
  static @Nullable Split split(JobSpec spec, Dataset data, TargetPlan plan, InputErrors errors) {
    ValidationSettings settings = spec.validation();
    if (settings != null && settings.column() != null) {
      return byColumn(settings.column(), spec, data, plan, errors);
    }
    if (settings == null || settings.fraction() == null) {
      return Split.trainingOnly(data.rows());
    }
    try {
      long seed = TrainingPlan.seed(spec.training());
      return Split.of(data.rows(), settings.fraction(), seed, classes(plan, data));
    } catch (ProblemException e) {
      errors.addAll(e.errors());
      return null;
    }
  }

  /// The class of each row, or null where rows have none.
  static int @Nullable [] classes(TargetPlan plan, Dataset data) {
    return plan.target().encoder(data) instanceof TargetEncoder.Classes encoder
        ? encoder.codes(data)
        : null;
  }

  private static @Nullable Split byColumn(
      String column, JobSpec spec, Dataset data, TargetPlan plan, InputErrors errors) {
    String role =
        plan.features().contains(column)
            ? "a feature"
            : plan.targets().contains(column)
                ? "a target"
                : column.equals(spec.weights()) ? "the column of weights" : null;
    if (role != null) {
      errors.add(
          COLUMN,
          "column '%s' is %s as well; a column that splits the rows is nothing else"
              .formatted(JsonErrors.shorten(column), role));
      return null;
    }
    return Split.byColumn(data, column, errors).orElse(null);
  }

  /// Adds all that keeps a second data set from being measured with.
  ///
  /// @param preprocessor fitted on the training rows
  /// @param training the data set with these rows
  static void check(
      Dataset validation,
      Dataset training,
      Preprocessor preprocessor,
      JobSpec spec,
      TargetPlan plan,
      InputErrors errors) {
    if (validation.sha256().equals(training.sha256())) {
      errors.add(
          DATASET,
          "has the rows that are trained with; give other rows, or a fraction, such as {\"fraction\": 0.2}");
      return;
    }
    InputErrors own = new InputErrors();
    preprocessor.check(validation, own, DATASET);
    if (own.isEmpty() && plan.task() == Task.REGRESSION) {
      TargetPlan.checkRange(plan.loss(), validation, plan.targets(), own);
    }
    if (spec.weights() != null) {
      Preprocessor.checkWeights(validation, spec.weights(), List.of(), plan.target(), own);
    }
    own.toList()
        .forEach(
            error ->
                errors.add(
                    DATASET,
                    error.detail()
                        + "; validation rows have the columns and classes of the training rows"));
  }
}
