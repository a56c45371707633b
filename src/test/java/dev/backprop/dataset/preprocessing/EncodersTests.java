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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of missing cells, rare categories, outliers and targets. The last row is no
/// training row.
class EncodersTests {

  private static final float NONE = Float.NaN;
  private static final int[] TRAINING = IntStream.range(0, 6).toArray();
  private static final int[] ALL = IntStream.range(0, 7).toArray();
  private static final Target PRICE = new Target.Values(List.of("price", "sold"));

  private final Dataset homes =
      new Dataset(
          "ds_1",
          "homes",
          List.of(
              new NumberColumn("age", new float[] {1, NONE, 2, 3, NONE, 10, 1e9f}),
              new NumberColumn("area", new float[] {5, 6, 7, 8, 9, 10, NONE}),
              new NumberColumn("garden", new float[] {0, 1, NONE, 1, 1, 1, 0}),
              new CategoryColumn(
                  "heat",
                  List.of("coal", "gas", "oil", "sun", "wood"),
                  new int[] {1, 1, 2, 2, 0, 4, 3}),
              new CategoryColumn("town", List.of("Abo", "Bro"), new int[] {1, 1, -1, 0, 1, -1, -1}),
              new NumberColumn("price", new float[] {10, 20, 30, 40, 50, 60, 7e8f}),
              new NumberColumn("sold", new float[] {0, 1, 0, 0, 1, 1, 0})),
          Instant.EPOCH);

  @Test
  void putsTheMeanInPlaceOfMissingNumbersAndMarksThem() {
    Preprocessor fitted = fit(List.of("age", "area"), Scaling.NONE, 1);
    assertThat(fitted.features())
        .containsExactly(
            new NumberEncoder("age", new Scaler.None(), 1, 10, 4.0, true),
            new NumberEncoder("area", new Scaler.None(), 5, 10, 7.5, false));
    assertThat(fitted.inputNames()).containsExactly("age", "age:missing", "area");
    Matrix encoded = fitted.encodeFeatures(homes, ALL);
    assertThat(row(encoded, 0)).containsExactly(1, 0, 5);
    assertThat(row(encoded, 1)).containsExactly(4, 1, 6);
    assertThat(row(encoded, 6))
        .as("without an input for what was never missing in training")
        .containsExactly(1e9f, 0, 7.5f);
  }

  @Test
  void scalesByTheNumbersThatAreThere() {
    assertThat(scaler("age", Scaling.STANDARDIZE))
        .isEqualTo(new Scaler.Standardize(4, Math.sqrt((9 + 4 + 1 + 36) / 4.0)));
    assertThat(scaler("age", Scaling.MIN_MAX)).isEqualTo(new Scaler.MinMax(1, 10));
    assertThat(scaler("age", Scaling.ROBUST)).isEqualTo(new Scaler.Robust(2.5, 4.75 - 1.75));
    assertThat(fit(List.of("age"), Scaling.ROBUST, 1).features().getFirst())
        .isEqualTo(new NumberEncoder("age", new Scaler.Robust(2.5, 3), 1, 10, 2.5, true));
  }

  @ParameterizedTest
  @EnumSource
  void leavesColumnsOfZeroAndOneAsTheyAreEvenWithHoles(Scaling scaling) {
    assertThat(scaler("garden", scaling)).isEqualTo(new Scaler.None());
  }

  @ParameterizedTest
  @EnumSource
  void neverDividesByZero(Scaling scaling) {
    Scaler scaler =
        ScalerFitting.fit(scaling, new NumberColumn("same", new float[] {0.1f, 0.1f, 0.1f}));
    assertThat(scaler.scale()).isEqualTo(1);
    assertThat(scaler.apply(scaler.invert(0.25))).isCloseTo(0.25, within(1e-15));
  }

  @Test
  void hasOneInputForAllRareCategories() {
    Preprocessor fitted = fit(List.of("heat"), Scaling.NONE, 2);
    assertThat(fitted.features())
        .containsExactly(
            new CategoryEncoder(
                "heat", List.of("gas", "oil"), List.of("coal", "wood"), "gas", false, false));
    assertThat(fitted.inputNames()).containsExactly("heat=gas", "heat=oil", "heat:other");
    Matrix encoded = fitted.encodeFeatures(homes, ALL);
    assertThat(row(encoded, 0)).containsExactly(1, 0, 0);
    assertThat(row(encoded, 4)).as("rare").containsExactly(0, 0, 1);
    assertThat(row(encoded, 6)).as("unseen").containsExactly(0, 0, 1);
  }

  @Test
  void foldsAllCategoriesIfAllAreRare() {
    Preprocessor fitted = fit(List.of("town"), Scaling.NONE, 9);
    assertThat(fitted.inputNames()).containsExactly("town:other", "town:missing");
    assertThat(row(fitted.encodeFeatures(homes, ALL), 2)).containsExactly(1, 1);
  }

  @Test
  void putsTheMostFrequentCategoryInPlaceOfMissingOnesAndMarksThem() {
    Preprocessor fitted = fit(List.of("town"), Scaling.NONE, 1);
    assertThat(fitted.inputNames()).containsExactly("town=Abo", "town=Bro", "town:missing");
    Matrix encoded = fitted.encodeFeatures(homes, ALL);
    assertThat(row(encoded, 3)).containsExactly(1, 0, 0);
    assertThat(row(encoded, 2)).containsExactly(0, 1, 1);
  }

  @Test
  void flagsWhatItMakesUpForInARawRow() {
    Preprocessor fitted = fit(List.of("age", "area", "heat", "town"), Scaling.STANDARDIZE, 2);
    float[] out = new float[fitted.inputs()];
    Arrays.fill(out, 9);
    EncodedRow row = fitted.encode(new Raw(null, null, "wood", null), out, 0);
    assertThat(row.errors()).isEmpty();
    assertThat(row.flags())
        .extracting(EncodedRow.Flag::toString)
        .containsExactly(
            "age: missing, 4 stands in",
            "area: missing, 7.5 stands in",
            "town: missing, 'Bro' stands in");
    assertThat(out).containsExactly(0, 1, 0, 0, 0, 1, 1, 0, 1);
  }

  @Test
  void flagsAnUnseenCategoryThatHasTheInputOfTheRareOnes() {
    Preprocessor fitted = fit(List.of("heat"), Scaling.NONE, 2);
    float[] out = new float[3];
    EncodedRow row = fitted.encode(new Raw("sun"), out, 0);
    assertThat(row.flags())
        .extracting(EncodedRow.Flag::toString)
        .containsExactly("heat: 'sun' did not occur in training");
    assertThat(out).containsExactly(0, 0, 1);
  }

  @Test
  void refusesMissingValuesAndUnseenCategoriesWhereThatIsTheSetting() {
    Preprocessor fitted =
        Preprocessor.fit(
            homes,
            List.of("area", "heat"),
            PRICE,
            TRAINING,
            new Preprocessing(Scaling.NONE, 2, MissingValues.REJECT, UnseenCategory.REJECT, false));
    float[] out = new float[fitted.inputs()];
    assertThat(fitted.encode(new Raw(null, "sun"), out, 0).errors())
        .containsExactly("area: the value is missing", "heat: 'sun' did not occur in training");
    assertThat(fitted.encode(new Raw(1, "wood"), out, 0).errors()).as("rare").isEmpty();

    InputErrors errors = new InputErrors();
    fitted.check(homes, errors, "#/dataset");
    assertThat(errors.toList())
        .extracting(error -> error.detail())
        .containsExactly(
            "column 'area' has 1 missing value, first in row 6 (counted from 0); leave those rows"
                + " out: the model refuses missing values");
  }

  @ParameterizedTest
  @EnumSource
  void decodesWhatItEncodes(Scaling scaling) {
    List<String> features = List.of("age", "area", "garden", "heat", "town");
    Preprocessor fitted = fit(features, scaling, 1);
    Matrix encoded = fitted.encodeFeatures(homes, TRAINING);
    for (int row : TRAINING) {
      RawRow decoded = fitted.decode(encoded.values(), encoded.offset(row));
      assertThat(decoded.size()).isEqualTo(5);
      for (int feature = 0; feature < 5; feature++) {
        switch (Columns.require(homes, features.get(feature))) {
          case NumberColumn numbers -> {
            assertThat(decoded.number(feature)).isCloseTo(numbers.value(row), within(1e-5f));
            assertThat(decoded.text(feature)).isNull();
          }
          case CategoryColumn texts ->
              assertThat(decoded.text(feature))
                  .isEqualTo(texts.isMissing(row) ? null : texts.categories().get(texts.code(row)));
        }
      }
    }
  }

  @Test
  void decodesACategoryWithoutAnInputOfItsOwnToNothing() {
    Preprocessor fitted = fit(List.of("heat"), Scaling.NONE, 2);
    Matrix encoded = fitted.encodeFeatures(homes, ALL);
    assertThat(fitted.decode(encoded.values(), encoded.offset(1)).text(0)).isEqualTo("gas");
    assertThat(fitted.decode(encoded.values(), encoded.offset(4)).isMissing(0)).isTrue();
  }

  @Test
  void standardizesTargetsButThoseOfZeroAndOneAndTurnsThemBack() {
    Preprocessor fitted =
        Preprocessor.fit(
            homes,
            List.of("area"),
            PRICE,
            TRAINING,
            new Preprocessing(Scaling.NONE, 1, MissingValues.IMPUTE, UnseenCategory.FLAG, true));
    double deviation = Math.sqrt((625 + 225 + 25) * 2 / 6.0);
    assertThat(fitted.target())
        .isEqualTo(
            new TargetEncoder.Values(
                List.of("price", "sold"),
                List.of(new Scaler.Standardize(35, deviation), new Scaler.None())));
    Matrix encoded = fitted.encodeTargets(homes, TRAINING);
    assertThat(row(encoded, 1)).containsExactly((float) (-15 / deviation), 1);
    assertThat(fitted.target().decode(row(encoded, 1))).containsExactly(20, 1);
  }

  @Test
  void refusesAsManyScalersAsThereAreNoTargets() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TargetEncoder.Values(List.of("a", "b"), List.of(new Scaler.None())))
        .withMessage("2 columns, 1 scalers");
  }

  @Test
  void takesMissingValuesOfFeaturesAlone() {
    InputErrors errors = new InputErrors();
    Preprocessor.check(
        homes,
        List.of("age", "town"),
        new Target.Values(List.of("area")),
        MissingValues.IMPUTE,
        errors);
    Preprocessor.checkWeights(homes, "garden", List.of("age"), PRICE, errors);
    assertThat(errors.toList())
        .extracting(error -> error.pointer() + " " + error.detail())
        .containsExactly(
            "#/targets/0 column 'area' has 1 missing value, first in row 6 (counted from 0); leave"
                + " those rows out: only features can lack values",
            "#/weights column 'garden' has 1 missing value, first in row 2 (counted from 0); leave"
                + " those rows out: only features can lack values");
  }

  @Test
  void refusesAFeatureThatNoTrainingRowHas() {
    InputErrors errors = new InputErrors();
    Preprocessor.checkTrainingRows(homes, List.of("area", "age"), new int[] {1, 4}, errors);
    assertThat(errors.toList())
        .extracting(error -> error.pointer() + " " + error.detail())
        .containsExactly(
            "#/features/1 column 'age' has no value in the 2 training rows; leave it out of the"
                + " features");
  }

  @Test
  void refusesUnknownCategoriesOfOtherDataOnlyWithoutAnInputForThem() {
    InputErrors known = new InputErrors();
    fit(List.of("heat"), Scaling.NONE, 2).checkKnown(homes, known, "#/dataset");
    assertThat(known.isEmpty()).isTrue();
    InputErrors unknown = new InputErrors();
    fit(List.of("heat", "town"), Scaling.NONE, 1).checkKnown(homes, unknown, "#/dataset");
    assertThat(unknown.toList())
        .extracting(error -> error.detail())
        .containsExactly(
            "column 'heat' has the category 'sun' in row 6 (counted from 0), which the model does"
                + " not know");
  }

  private Preprocessor fit(List<String> features, Scaling scaling, int minCategoryCount) {
    Preprocessing settings =
        new Preprocessing(
            scaling, minCategoryCount, MissingValues.IMPUTE, UnseenCategory.FLAG, false);
    return Preprocessor.fit(homes, features, PRICE, TRAINING, settings);
  }

  private Scaler scaler(String feature, Scaling scaling) {
    FeatureEncoder encoder = fit(List.of(feature), scaling, 1).features().getFirst();
    return ((NumberEncoder) encoder).scaler();
  }

  private static float[] row(Matrix matrix, int row) {
    int from = matrix.offset(row);
    return Arrays.copyOfRange(matrix.values(), from, from + matrix.columns());
  }

  /// Numbers, texts and null for missing.
  private static final class Raw implements RawRow {

    private final @Nullable Object[] values;

    Raw(@Nullable Object... values) {
      this.values = values;
    }

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public @Nullable String text(int feature) {
      return values[feature] instanceof String text ? text : null;
    }

    @Override
    public float number(int feature) {
      return values[feature] instanceof Number number ? number.floatValue() : Float.NaN;
    }
  }
}
