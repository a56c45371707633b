package dev.backprop.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.dataset.preprocessing.EncodedRow;
import dev.backprop.dataset.preprocessing.MissingValues;
import dev.backprop.dataset.preprocessing.Preprocessing;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.RawRow;
import dev.backprop.dataset.preprocessing.Scaling;
import dev.backprop.dataset.preprocessing.Target;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.dataset.preprocessing.UnseenCategory;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Booleans and dates on their way through the path of numbers.
class NumberFormatTests {

  private static final Target PAID = new Target.Classes("paid", true);

  private final Dataset data = dataset(NumberFormat.BOOLEAN, NumberFormat.DATE);

  private static Dataset dataset(NumberFormat member, NumberFormat day) {
    return new Dataset(
        "ds_1",
        "data",
        List.of(
            new NumberColumn("member", new float[] {1, 0, 1, 1}, member),
            new NumberColumn("day", new float[] {0, 10, 20, 30}, day),
            new NumberColumn("paid", new float[] {0, 1, 0, 1}, NumberFormat.BOOLEAN)),
        List.of(new IgnoredColumn("id", 0, "it numbers the rows")),
        Instant.EPOCH,
        null);
  }

  private static final Preprocessing SETTINGS =
      new Preprocessing(Scaling.STANDARDIZE, 1, MissingValues.REJECT, UnseenCategory.FLAG, false);

  private Preprocessor fit() {
    return Preprocessor.fit(data, List.of("member", "day"), PAID, new int[] {0, 1, 2}, SETTINGS);
  }

  @Test
  void booleansAreOneInputOf0Or1AndDatesAreStandardized() {
    Matrix inputs = fit().encodeFeatures(data, new int[] {0, 1, 2});
    assertThat(inputs.columns()).isEqualTo(2);
    assertThat(inputs.get(0, 0)).isEqualTo(1);
    assertThat(inputs.get(1, 0)).isEqualTo(0);
    assertThat(inputs.get(1, 1)).isEqualTo(0);
    assertThat(inputs.get(0, 1)).isEqualTo(-inputs.get(2, 1)).isLessThan(-1);
  }

  @Test
  void booleanTargetsAreTheClassesFalseAndTrue() {
    assertThat(((TargetEncoder.Classes) fit().target()).labels()).containsExactly("false", "true");
    Matrix targets = fit().encodeTargets(data, new int[] {0, 1, 2, 3});
    assertThat(targets.columns()).isEqualTo(1);
    assertThat(targets.get(0, 0)).isEqualTo(0);
    assertThat(targets.get(1, 0)).isEqualTo(1);
  }

  @Test
  void rawRowsHaveThemAsTexts() {
    float[] inputs = new float[2];
    assertThat(fit().encode(row("T", "1970-01-11"), inputs, 0).isValid()).isTrue();
    assertThat(inputs).containsExactly(1, 0);
    assertThat(fit().encode(row("no", "1970-02-01T12:00Z"), inputs, 0).flags())
        .extracting(EncodedRow.Flag::toString)
        .containsExactly("day: above the training range [1970-01-01, 1970-01-21]");
    assertThat(fit().encode(row("2", "yesterday"), inputs, 0).errors())
        .containsExactly(
            "member: true or false is expected, not the text '2'",
            "day: a date such as 2026-11-25 or 2026-11-25T10:30:00Z is expected, not the text 'yesterday'");
    assertThat(fit().encode(row(null, null), inputs, 0).errors())
        .containsExactly("member: the value is missing", "day: the value is missing");
  }

  @Test
  void usualValuesStandInForThem() {
    Preprocessor imputing =
        Preprocessor.fit(
            data, List.of("member", "day"), PAID, new int[] {0, 1, 2}, Preprocessing.DEFAULT);

    assertThat(imputing.encode(row(null, null), new float[2], 0).flags())
        .extracting(EncodedRow.Flag::toString)
        .containsExactly(
            "member: missing, 0.6666667 stands in", "day: missing, 1970-01-11 stands in");
    RawRow decoded = imputing.decode(new float[] {1, 0}, 0);
    assertThat(decoded.text(0)).isEqualTo("true");
    assertThat(decoded.text(1)).isEqualTo("1970-01-11");
  }

  @Test
  void anotherDatasetNeedsTheSameTypes() {
    InputErrors errors = new InputErrors();
    fit().check(dataset(NumberFormat.NUMBER, NumberFormat.NUMBER), errors, "#/dataset");
    assertThat(errors.toList())
        .extracting(InputError::detail)
        .containsExactly(
            "column 'member' has numbers, the model was trained with booleans",
            "column 'day' has numbers, the model was trained with dates");
    InputErrors none = new InputErrors();
    fit().check(data, none, "#/dataset");
    assertThat(none.isEmpty()).isTrue();
  }

  @Test
  void columnsThatWereLeftOutAreNamedWithTheReason() {
    InputErrors errors = new InputErrors();
    Preprocessor.check(data, List.of("id"), PAID, MissingValues.REJECT, errors);
    assertThat(errors.toList())
        .containsExactly(
            InputError.at(
                "#/features/0", "column 'id' was left out of the data set: it numbers the rows"));
  }

  @Test
  void formatsChangeTheHash() {
    assertThat(dataset(NumberFormat.NUMBER, NumberFormat.DATE).sha256())
        .isNotEqualTo(data.sha256())
        .isNotEqualTo(dataset(NumberFormat.BOOLEAN, NumberFormat.NUMBER).sha256());
    assertThat(dataset(NumberFormat.BOOLEAN, NumberFormat.DATE).sha256()).isEqualTo(data.sha256());
  }

  private static RawRow row(@Nullable String... texts) {
    return new RawRow() {
      @Override
      public int size() {
        return texts.length;
      }

      @Override
      public @Nullable String text(int feature) {
        return texts[feature];
      }

      @Override
      public float number(int feature) {
        return Float.NaN;
      }
    };
  }
}
