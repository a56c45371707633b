package dev.backprop.dataset.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.problem.InputErrors;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreprocessorTests {

  private static final Target KIND = new Target.Classes("kind", false);

  private static final Preprocessing REJECTING = settings(Scaling.STANDARDIZE);
  private static final Preprocessing UNSCALED = settings(Scaling.NONE);

  private final Dataset data =
      new Dataset(
          "ds_1",
          "data",
          List.of(
              new NumberColumn("size", new float[] {1, 3, 5, 100}),
              new NumberColumn("flag", new float[] {0, 1, 1, 1}),
              new CategoryColumn("color", List.of("blue", "green", "red"), new int[] {0, 2, 0, 1}),
              new CategoryColumn("kind", List.of("a", "b", "c"), new int[] {0, 1, 0, 2}),
              new NumberColumn("digit", new float[] {10, 2, 2, -0.5f}),
              new NumberColumn("constant", new float[] {7, 7, 7, 7})),
          Instant.EPOCH);

  @Test
  void fitsToTheTrainingRowsAlone() {
    Preprocessor fitted = fit(List.of("size", "flag", "color", "constant"), REJECTING);
    assertThat(fitted.features())
        .containsExactly(
            new NumberEncoder(
                "size", new Scaler.Standardize(3, Math.sqrt(8.0 / 3)), 1, 5, null, false),
            new NumberEncoder("flag", new Scaler.None(), 0, 1, null, false),
            new CategoryEncoder("color", List.of("blue", "red"), List.of(), null, false, false),
            new NumberEncoder("constant", new Scaler.Standardize(7, 0), 7, 7, null, false));
    assertThat(fitted.inputs()).isEqualTo(5);
    assertThat(fitted.outputs()).isEqualTo(3);
  }

  @Test
  void keepsNumbersAsTheyAreWithoutStandardization() {
    assertThat(fit(List.of("size"), UNSCALED).features())
        .containsExactly(new NumberEncoder("size", new Scaler.None(), 1, 5, null, false));
  }

  @Test
  void encodesFeaturesOfAnyRows() {
    Preprocessor fitted = fit(List.of("size", "color", "flag"), REJECTING);
    Matrix encoded = fitted.encodeFeatures(data, new int[] {3, 0, 1});
    assertThat(encoded.rows()).isEqualTo(3);
    assertThat(encoded.columns()).isEqualTo(4);
    double sd = Math.sqrt(8.0 / 3);
    assertThat(encoded.get(0, 0)).isCloseTo((float) (97 / sd), within(1e-5f));
    assertThat(encoded.get(1, 0)).isCloseTo((float) (-2 / sd), within(1e-6f));
    assertThat(encoded.get(2, 0)).isZero();
    // green was not seen in training, so no input stands for it
    assertThat(row(encoded, 0)).endsWith(0, 0, 1);
    assertThat(row(encoded, 1)).endsWith(1, 0, 0);
    assertThat(row(encoded, 2)).endsWith(0, 1, 1);
  }

  @Test
  void bringsTrainingRowsToMeanZeroAndDeviationOne() {
    Matrix encoded = fit(List.of("size"), REJECTING).encodeFeatures(data, new int[] {0, 1, 2});
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      sum += encoded.get(i, 0);
      squares += encoded.get(i, 0) * encoded.get(i, 0);
    }
    assertThat(sum).isCloseTo(0, within(1e-6));
    assertThat(squares / 3).isCloseTo(1, within(1e-6));
  }

  @Test
  void encodesClassesAsOneOutputEach() {
    Matrix encoded = fit(List.of("size"), REJECTING).encodeTargets(data, new int[] {3, 1});
    assertThat(row(encoded, 0)).containsExactly(0, 0, 1);
    assertThat(row(encoded, 1)).containsExactly(0, 1, 0);
  }

  @Test
  void encodesTwoClassesAsOneOutput() {
    TargetEncoder encoder = new Target.Classes("flag", true).encoder(data);
    assertThat(encoder).isEqualTo(new TargetEncoder.Classes("flag", List.of("0", "1"), true));
    Matrix out = new Matrix(2, encoder.outputs());
    encoder.encode(data, new int[] {0, 2}, out);
    assertThat(out.values()).containsExactly(0, 1);
  }

  @Test
  void namesClassesOfNumbersInTheOrderOfTheNumbers() {
    TargetEncoder.Classes encoder = new Target.Classes("digit", false).encoder(data);
    assertThat(encoder.labels()).containsExactly("-0.5", "2", "10");
    assertThat(encoder.codes(data)).containsExactly(2, 1, 1, 0);
  }

  @Test
  void copiesValuesAndLabels() {
    Matrix out = new Matrix(1, 2);
    new TargetEncoder.Values(List.of("size", "digit")).encode(data, new int[] {2}, out);
    assertThat(out.values()).containsExactly(5, 2);
    new TargetEncoder.Labels(List.of("flag", "constant")).encode(data, new int[] {0}, out);
    assertThat(out.values()).containsExactly(0, 7);
  }

  @Test
  void refusesASingleOutputForThreeClasses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TargetEncoder.Classes("kind", List.of("a", "b", "c"), true))
        .withMessageContaining("3 classes");
  }

  @Test
  void encodesARawRowLikeTheSameRowOfADataset() {
    Preprocessor fitted = fit(List.of("size", "color", "flag"), REJECTING);
    float[] out = new float[6];
    Arrays.fill(out, 9);
    EncodedRow result = fitted.encode(row(List.of(3, "red", 1.0)), out, 1);
    assertThat(result.isValid()).isTrue();
    assertThat(result.flags()).isEmpty();
    assertThat(Arrays.copyOfRange(out, 1, 5))
        .containsExactly(row(fitted.encodeFeatures(data, new int[] {1}), 0));
    assertThat(out[0]).isEqualTo(9);
    assertThat(out[5]).isEqualTo(9);
  }

  @Test
  void flagsWhatTrainingDidNotPrepareFor() {
    Preprocessor fitted = fit(List.of("size", "color", "flag"), REJECTING);
    float[] out = new float[4];
    EncodedRow result = fitted.encode(row(List.of(5.5, "green", -1)), out, 0);
    assertThat(result.errors()).isEmpty();
    assertThat(result.flags())
        .extracting(EncodedRow.Flag::toString)
        .containsExactly(
            "size: above the training range [1.0, 5.0]",
            "color: 'green' did not occur in training",
            "flag: below the training range [0.0, 1.0]");
    assertThat(Arrays.copyOfRange(out, 1, 3)).containsExactly(0, 0);
  }

  @Test
  void reportsAllThatIsWrongWithARawRow() {
    Preprocessor fitted = fit(List.of("size", "color", "flag", "constant"), REJECTING);
    List<@Nullable Object> values = Arrays.asList("big", 3, null, 1e39);
    assertThat(fitted.encode(row(values), new float[5], 0).errors())
        .containsExactly(
            "size: a number is expected, not the text 'big'",
            "color: a text is expected, not the number 3",
            "flag: the value is missing",
            "constant: the value is beyond a 32-bit float, whose largest number is 3.4e38");
    assertThat(fitted.encode(row(List.of(1)), new float[5], 0).errors())
        .containsExactly("the row has 1 values, the model has 4 features");
  }

  @Test
  void findsNothingWrongWithGoodColumns() {
    assertThat(errors(List.of("size", "color"), KIND)).isEmpty();
    assertThat(errors(List.of("size"), new Target.Values(List.of("digit", "constant")))).isEmpty();
    assertThat(errors(List.of("size"), new Target.Labels(List.of("flag")))).isEmpty();
    assertThat(errors(List.of("size"), new Target.Classes("flag", true))).isEmpty();
  }

  @Test
  void reportsAllThatIsWrongWithColumns() {
    assertThat(errors(List.of("size", "sise", "size", "kind"), KIND))
        .containsExactly(
            "#/features/1 there is no column 'sise'; the columns are size, flag, color, kind,"
                + " digit, constant",
            "#/features/2 column 'size' is named twice",
            "#/features/3 column 'kind' is the target as well");
    assertThat(errors(List.of(), new Target.Values(List.of("kind", "none"))))
        .containsExactly(
            "#/features at least one feature is needed",
            "#/targets/0 column 'kind' has categories, regression needs numbers",
            "#/targets/1 there is no column 'none'; the columns are size, flag, color, kind,"
                + " digit, constant");
    assertThat(errors(List.of("size"), new Target.Labels(List.of("flag", "digit", "kind"))))
        .containsExactly(
            "#/targets/1 column 'digit' has 10 in row 0 (counted from 0), multilabel needs 0 or 1",
            "#/targets/2 column 'kind' has categories, multilabel needs numbers");
    assertThat(errors(List.of("size"), new Target.Classes("kind", true)))
        .containsExactly("#/targets/0 column 'kind' has 3 classes, a single output tells 2 apart");
    assertThat(errors(List.of("size"), new Target.Classes("constant", false)))
        .containsExactly("#/targets/0 column 'constant' has one class only, at least 2 are needed");
  }

  @Test
  void reportsMissingValuesInColumnsThatAreUsed() {
    Dataset gaps =
        new Dataset(
            "ds_2",
            "gaps",
            List.of(
                new NumberColumn("age", new float[] {1, Float.NaN, Float.NaN}),
                new CategoryColumn("color", List.of("a", "b"), new int[] {0, 1, -1}),
                new NumberColumn("unused", new float[] {Float.NaN, 1, 2}),
                new NumberColumn("y", new float[] {0, 1, 0})),
            Instant.EPOCH);
    InputErrors errors = new InputErrors();
    Preprocessor.check(
        gaps,
        List.of("age", "y"),
        new Target.Classes("color", false),
        MissingValues.REJECT,
        errors);
    assertThat(show(errors))
        .containsExactly(
            "#/features/0 column 'age' has 2 missing values, first in row 1 (counted from 0);"
                + " leave those rows out, or set \"missing\" of preprocessing to \"impute\"",
            "#/targets/0 column 'color' has 1 missing value, first in row 2 (counted from 0);"
                + " leave those rows out: only features can lack values");
  }

  @Test
  void takesMoreThanAThousandValuesForARegression() {
    float[] values = new float[1001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Dataset many =
        new Dataset(
            "ds_3",
            "many",
            List.of(new NumberColumn("x", new float[1001]), new NumberColumn("y", values)),
            Instant.EPOCH);
    InputErrors errors = new InputErrors();
    Preprocessor.check(
        many, List.of("x"), new Target.Classes("y", false), MissingValues.REJECT, errors);
    assertThat(show(errors))
        .containsExactly(
            "#/targets/0 column 'y' has more than 1000 different values, too many for classes; is"
                + " this a regression?");
  }

  @Test
  void checksAnotherDatasetAgainstWhatWasFitted() {
    Dataset other =
        new Dataset(
            "ds_4",
            "other",
            List.of(
                new CategoryColumn("size", List.of("big"), new int[] {0, 0}),
                new NumberColumn("color", new float[] {1, 2}),
                new CategoryColumn("kind", List.of("a", "z"), new int[] {0, 1})),
            Instant.EPOCH);
    InputErrors errors = new InputErrors();
    Preprocessor fitted = fit(List.of("size", "color", "flag"), REJECTING);
    fitted.check(other, errors, "#/dataset");
    assertThat(show(errors))
        .containsExactly(
            "#/dataset column 'size' has categories, the model was trained with numbers",
            "#/dataset column 'color' has numbers, the model was trained with categories",
            "#/dataset there is no column 'flag'; the columns are size, color, kind",
            "#/dataset column 'kind' has the class 'z' in row 1 (counted from 0), which the model"
                + " does not know");
    InputErrors none = new InputErrors();
    fitted.check(data, none, "#");
    assertThat(none.isEmpty()).isTrue();
  }

  @Test
  void encodesCategoriesOfAnotherDatasetByTheirText() {
    Dataset other =
        new Dataset(
            "ds_5",
            "other",
            List.of(new CategoryColumn("color", List.of("red", "yellow"), new int[] {0, 1})),
            Instant.EPOCH);
    Matrix encoded = fit(List.of("color"), REJECTING).encodeFeatures(other, new int[] {0, 1});
    assertThat(row(encoded, 0)).containsExactly(0, 1);
    assertThat(row(encoded, 1)).containsExactly(0, 0);
  }

  private Preprocessor fit(List<String> features, Preprocessing settings) {
    return Preprocessor.fit(data, features, KIND, new int[] {0, 1, 2}, settings);
  }

  private static Preprocessing settings(Scaling scaling) {
    return new Preprocessing(scaling, 1, MissingValues.REJECT, UnseenCategory.FLAG, false);
  }

  private List<String> errors(List<String> features, Target target) {
    InputErrors errors = new InputErrors();
    Preprocessor.check(data, features, target, MissingValues.REJECT, errors);
    return show(errors);
  }

  private static List<String> show(InputErrors errors) {
    return errors.toList().stream().map(error -> error.pointer() + " " + error.detail()).toList();
  }

  private static float[] row(Matrix matrix, int row) {
    float[] values = new float[matrix.columns()];
    for (int column = 0; column < values.length; column++) {
      values[column] = matrix.get(row, column);
    }
    return values;
  }

  /// A row of numbers, texts and null for missing.
  private static RawRow row(List<? extends @Nullable Object> values) {
    return new RawRow() {
      @Override
      public int size() {
        return values.size();
      }

      @Override
      public @Nullable String text(int feature) {
        return values.get(feature) instanceof String text ? text : null;
      }

      @Override
      public float number(int feature) {
        return values.get(feature) instanceof Number number ? number.floatValue() : Float.NaN;
      }
    };
  }
}
