package dev.backprop.job;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.preprocessing.Split;
import dev.backprop.dataset.preprocessing.Target;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.spec.ClassWeights;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.TrainingSettings;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How much each row of a data set counts: the number of its own times that of its class.
final class RowWeights {

  private static final int NAMED = 20;

  private final Dataset data;
  private final @Nullable NumberColumn own;
  private final TargetEncoder.@Nullable Classes classes;
  private final double[] byClass;

  /// @param own the numbers of the rows; null where all are 1
  /// @param classes null where they do not matter
  /// @param byClass a number for each of the classes
  private RowWeights(
      Dataset data,
      @Nullable NumberColumn own,
      TargetEncoder.@Nullable Classes classes,
      double[] byClass) {
    this.data = data;
    this.own = own;
    this.classes = classes;
    this.byClass = byClass;
  }

  /// The class weights of the settings, or the default ones.
  static ClassWeights ofClasses(@Nullable TrainingSettings settings) {
    return settings == null || settings.classWeights() == null
        ? new ClassWeights.None()
        : settings.classWeights();
  }

  /// Adds what of the class weights does not fit the target.
  static void check(JobSpec spec, TargetPlan plan, Dataset data, InputErrors errors) {
    ClassWeights weights = ofClasses(spec.training());
    if (weights instanceof ClassWeights.None) {
      return;
    }
    String pointer = "#/training/classWeights";
    if (!(plan.target() instanceof Target.Classes target)) {
      errors.add(
          pointer,
          "the rows of the task %s have no class each; leave it out, or name a column of weights"
              .formatted(Words.of(plan.task())));
      return;
    }
    if (weights instanceof ClassWeights.Given given) {
      List<String> labels = target.encoder(data).labels();
      for (String label : given.byLabel().keySet()) {
        if (!labels.contains(label)) {
          errors.add(
              JsonErrors.child(pointer, label),
              "column '%s' has no class '%s'; the classes are %s"
                  .formatted(target.column(), JsonErrors.shorten(label), names(labels)));
        }
      }
    }
  }

  private static String names(List<String> labels) {
    String shown =
        labels.stream().limit(NAMED).map(JsonErrors::shorten).collect(Collectors.joining(", "));
    return labels.size() <= NAMED ? shown : shown + " and " + (labels.size() - NAMED) + " more";
  }

  /// The weights that a spec asks for.
  ///
  /// @param spec its column and class weights pass their checks
  /// @param errors takes it if the rows of training or validation count nothing
  static RowWeights of(
      JobSpec spec, TargetPlan plan, Dataset data, Split split, InputErrors errors) {
    NumberColumn own =
        spec.weights() == null ? null : (NumberColumn) data.column(spec.weights()).orElseThrow();
    RowWeights unweighted = new RowWeights(data, own, null, new double[0]);
    RowWeights weights =
        plan.target() instanceof Target.Classes target
            ? switch (ofClasses(spec.training())) {
              case ClassWeights.None _ -> unweighted;
              case ClassWeights.Balanced _ -> unweighted.balanced(target.encoder(data), split);
              case ClassWeights.Given given -> unweighted.with(target.encoder(data), given);
            }
            : unweighted;
    String pointer = spec.weights() == null ? "#/training/classWeights" : "#/weights";
    weights.check(split.trainingRows(), "training", pointer, errors);
    weights.check(split.validationRows(), "validation", pointer, errors);
    return weights;
  }

  /// The same for the rows of another data set, where those to validate with are.
  ///
  /// @param other has the column of weights and no other classes
  RowWeights ofRowsIn(Dataset other) {
    return new RowWeights(
        other,
        own == null ? null : (NumberColumn) other.column(own.name()).orElseThrow(),
        classes,
        byClass);
  }

  /// Adds it if some rows count nothing.
  ///
  /// @param kind of rows
  void check(int[] rows, String kind, String pointer, InputErrors errors) {
    if (rows.length > 0 && !areOne() && Arrays.stream(numbers(rows)).sum() == 0) {
      errors.add(
          pointer,
          "the weights of the %s rows sum to 0; at least one of these rows has to count"
              .formatted(kind));
    }
  }

  private RowWeights with(TargetEncoder.Classes encoder, ClassWeights.Given given) {
    return new RowWeights(
        data,
        own,
        encoder,
        encoder.labels().stream()
            .mapToDouble(label -> given.byLabel().getOrDefault(label, 1.0))
            .toArray());
  }

  /// `n / (k·n_c)` over the training rows, each counted as much as its own weight says; a class
  /// without any weighs 1.
  private RowWeights balanced(TargetEncoder.Classes encoder, Split split) {
    int[] rows = split.trainingRows();
    double[] numbers = numbers(rows);
    int[] codes = encoder.codes(data);
    double[] sums = new double[encoder.labels().size()];
    for (int i = 0; i < rows.length; i++) {
      sums[codes[rows[i]]] += numbers[i];
    }
    double all = Arrays.stream(sums).sum();
    double present = Arrays.stream(sums).filter(sum -> sum > 0).count();
    return new RowWeights(
        data,
        own,
        encoder,
        Arrays.stream(sums).map(sum -> sum > 0 ? all / (present * sum) : 1).toArray());
  }

  /// Whether all rows count the same.
  boolean areOne() {
    return own == null && classes == null;
  }

  /// The numbers of some rows as they are given.
  private double[] numbers(int[] rows) {
    double[] numbers = new double[rows.length];
    int[] codes = classes == null ? null : classes.codes(data);
    for (int i = 0; i < rows.length; i++) {
      double ofRow = own == null ? 1 : own.value(rows[i]);
      double ofClass = codes == null ? 1 : byClass[codes[rows[i]]];
      numbers[i] = ofRow * ofClass;
    }
    return numbers;
  }

  /// The weights of some rows, scaled to a mean of 1 over them. Neither a weighted mean nor a
  /// metric depends on the scale.
  ///
  /// @param rows of the data set, counted from 0
  /// @return rows × 1; null where all rows count the same
  @Nullable Matrix scaled(int[] rows) {
    if (areOne()) {
      return null;
    }
    double[] numbers = numbers(rows);
    double mean = Arrays.stream(numbers).sum() / rows.length;
    Matrix weights = new Matrix(rows.length, 1);
    for (int i = 0; i < rows.length; i++) {
      weights.set(i, 0, (float) (numbers[i] / mean));
    }
    return weights;
  }
}
