package dev.backprop.dataset.preprocessing;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.dataset.Dataset;
import dev.backprop.problem.InputErrors;
import java.util.List;
import java.util.Optional;

/// How the columns of a data set become the inputs and targets of a network, fitted to the training
/// rows and kept with the model.
///
/// @param features in the order in which a raw row gives them
public record Preprocessor(List<FeatureEncoder> features, TargetEncoder target) {

  /// Copies the list.
  public Preprocessor {
    features = List.copyOf(features);
  }

  /// Adds all that speaks against training with these columns, at `#/features/{i}` and
  /// `#/targets/{i}` of a job request.
  ///
  /// @param missing whether features may lack values
  public static void check(
      Dataset data,
      List<String> features,
      Target target,
      MissingValues missing,
      InputErrors errors) {
    new PreprocessorCheck(data, errors).check(features, target, missing);
  }

  /// Adds every feature, at `#/features/{i}` of a job request, that has no value in any of the
  /// training rows.
  public static void checkTrainingRows(
      Dataset data, List<String> features, int[] trainingRows, InputErrors errors) {
    new PreprocessorCheck(data, errors).checkTrainingRows(features, trainingRows);
  }

  /// Adds all that speaks against a column of weights beside these, at `#/weights` of a job
  /// request.
  public static void checkWeights(
      Dataset data, String name, List<String> features, Target target, InputErrors errors) {
    new PreprocessorCheck(data, errors).checkWeights(name, features, target);
  }

  /// Fits features and the scales of targets to the training rows alone; the labels of a
  /// classification come from the whole column, so that every row has one.
  ///
  /// @param data passes [#check] and [#checkTrainingRows] with these features and this target
  /// @param trainingRows rows counted from 0, at least one
  public static Preprocessor fit(
      Dataset data,
      List<String> features,
      Target target,
      int[] trainingRows,
      Preprocessing settings) {
    FeatureFitting fitting = new FeatureFitting(trainingRows, settings);
    List<FeatureEncoder> encoders =
        features.stream().map(name -> fitting.fit(Columns.require(data, name))).toList();
    return new Preprocessor(encoders, fitting.fit(target.encoder(data), data));
  }

  /// Adds all that keeps another data set from being encoded, such as the one of an evaluation.
  ///
  /// @param pointer where the data set stands in the request
  public void check(Dataset data, InputErrors errors, String pointer) {
    new PreprocessorCheck(data, errors).check(this, pointer);
  }

  /// Adds all that keeps another data set from being learned by a model that this was fitted for:
  /// what [#check] adds, and categories that the model has no input for.
  ///
  /// @param pointer where the data set stands in the request
  public void checkKnown(Dataset data, InputErrors errors, String pointer) {
    PreprocessorCheck check = new PreprocessorCheck(data, errors);
    check.check(this, pointer);
    check.checkCategories(this, pointer);
  }

  /// How many inputs the network has.
  public int inputs() {
    return features.stream().mapToInt(FeatureEncoder::width).sum();
  }

  /// What the inputs of the network are called, in their order: `petal_length`, `color=red`,
  /// `age:missing`.
  public List<String> inputNames() {
    return features.stream().flatMap(feature -> feature.inputs().stream()).toList();
  }

  /// How many outputs the network has.
  public int outputs() {
    return target.outputs();
  }

  /// The features of some rows.
  ///
  /// @param rows of the data set, counted from 0
  /// @return rows × inputs
  public Matrix encodeFeatures(Dataset data, int[] rows) {
    Matrix out = new Matrix(rows.length, inputs());
    int at = 0;
    for (FeatureEncoder feature : features) {
      feature.encode(data, rows, out, at);
      at += feature.width();
    }
    return out;
  }

  /// The targets of some rows.
  ///
  /// @param rows of the data set, counted from 0
  /// @return rows × outputs
  public Matrix encodeTargets(Dataset data, int[] rows) {
    Matrix out = new Matrix(rows.length, outputs());
    target.encode(data, rows, out);
    return out;
  }

  /// Encodes one raw row; what is wrong with it is in the result, never thrown.
  ///
  /// @param out takes [#inputs()] numbers from `offset` on; meaningless if the result has errors
  public EncodedRow encode(RawRow row, float[] out, int offset) {
    RowReport report = new RowReport();
    if (row.size() != features.size()) {
      return new EncodedRow(
          List.of(),
          List.of(
              "the row has %d values, the model has %d features"
                  .formatted(row.size(), features.size())));
    }
    int at = offset;
    for (int i = 0; i < features.size(); i++) {
      FeatureEncoder feature = features.get(i);
      feature.encode(row, i, out, at, report);
      at += feature.width();
    }
    return report.toRow();
  }

  /// Encodes rows of numbers faster, if every feature takes numbers.
  public Optional<NumberRowEncoder> numberRowEncoder() {
    return NumberRowEncoder.of(features);
  }

  /// The raw row of some inputs, the inverse of [#encode]. What inputs do not tell apart is missing
  /// in it: imputed values, and categories without an input of their own.
  ///
  /// @param inputs has [#inputs()] numbers from `offset` on
  public RawRow decode(float[] inputs, int offset) {
    DecodedRow row = new DecodedRow(features.size());
    int at = offset;
    for (int i = 0; i < features.size(); i++) {
      features.get(i).decode(inputs, at, row, i);
      at += features.get(i).width();
    }
    return row;
  }
}
