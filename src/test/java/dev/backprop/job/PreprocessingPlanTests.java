package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class PreprocessingPlanTests {

  private static final int ROWS = 10;

  private final FakeDatasets datasets = new FakeDatasets();
  private final JobPlanner planner = JobService.planner(datasets, JobService.properties(1));

  PreprocessingPlanTests() {
    save(new int[0]);
  }

  /// @param changed rows that say something else
  private void save(int[] changed) {
    float[] size = new float[ROWS];
    float[] price = new float[ROWS];
    int[] color = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      size[row] = row * row;
      price[row] = 2 * row - 5;
      color[row] = row % 2;
    }
    float[] age = price.clone();
    for (int row : changed) {
      size[row] = 1e9f;
      price[row] = -1e9f;
      color[row] = 2;
      age[row] = Float.NaN;
    }
    datasets.save(
        new Dataset(
            "ds_homes",
            "homes",
            List.of(
                new NumberColumn("size", size),
                new NumberColumn("age", age),
                new CategoryColumn("color", List.of("blue", "green", "red"), color),
                new NumberColumn("price", price)),
            JobService.NOW));
  }

  private PreparedJob prepare(String members) {
    return planner.prepare(
        SpecReader.read("{\"dataset\": {\"id\": \"ds_homes\"}%s}".formatted(members)));
  }

  @ParameterizedTest
  @CsvSource({"standardize", "minMax", "robust"})
  void fitsNothingToTheValidationRows(String scaling) {
    String members =
        """
        , "preprocessing": {"scaling": "%s", "minCategoryCount": 2}, "validation": {"fraction": 0.4}"""
            .formatted(scaling);
    PreparedJob before = prepare(members);
    int[] validation = before.split().validationRows();
    save(validation);
    PreparedJob after = prepare(members);

    assertThat(validation).hasSize(4);
    assertThat(after.split().validationRows()).isEqualTo(validation);
    assertThat(after.dataset().sha256()).isNotEqualTo(before.dataset().sha256());
    assertThat(after.preprocessor()).isEqualTo(before.preprocessor());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                              | true  | standardize
          {"standardize": true}                           | true  | standardize
          {"standardize": false}                          | false | none
          {"scaling": "minMax"}                           | false | minMax
          {"scaling": "robust", "standardize": false}     | false | robust
          {"scaling": "standardize", "standardize": true} | true  | standardize
          """)
  void makesOneOfTheTwoSettingsOfScaling(String given, boolean standardize, String scaling) {
    JsonNode echo =
        SpecReader.tree(prepare(", \"preprocessing\": " + given).spec()).get("preprocessing");
    assertThat(echo.get("standardize").asBoolean()).isEqualTo(standardize);
    assertThat(echo.get("scaling").asString()).isEqualTo(scaling);
  }

  @ParameterizedTest
  @MethodSource
  void standardizesTheTargetsOfALinearOutputAlone(String members, Scaler expected) {
    TargetEncoder.Values target = (TargetEncoder.Values) prepare(members).preprocessor().target();
    assertThat(target.scalers()).containsExactly(expected);
  }

  static Stream<Arguments> standardizesTheTargetsOfALinearOutputAlone() {
    return Stream.of(
        arguments("", new Scaler.Standardize(4, Math.sqrt(33))),
        arguments(
            ", \"preprocessing\": {\"standardizeTargets\": true}",
            new Scaler.Standardize(4, Math.sqrt(33))),
        arguments(", \"preprocessing\": {\"standardizeTargets\": false}", new Scaler.None()),
        arguments(", \"network\": {\"output\": {\"activation\": \"tanh\"}}", new Scaler.None()));
  }

  @Test
  void standardizesNoTargetsOfZeroAndOne() {
    PreparedJob xor =
        planner.prepare(
            SpecReader.read(
                """
                {"dataset": {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "targets": [0, 1, 1, 0]}}
                """));
    assertThat(xor.preprocessor().target())
        .isEqualTo(new TargetEncoder.Values(List.of("y1"), List.of(new Scaler.None())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusesWhatDoesNotFit(String preprocessing, String more, List<String> errors) {
    ProblemException problem =
        Assertions.catchThrowableOfType(
            ProblemException.class, () -> prepare(", \"preprocessing\": " + preprocessing + more));
    assertThat(Objects.requireNonNull(problem).errors())
        .extracting(PreprocessingPlanTests::show)
        .isEqualTo(errors);
  }

  static Stream<Arguments> refusesWhatDoesNotFit() {
    return Stream.of(
        arguments(
            "{\"standardize\": true, \"scaling\": \"minMax\"}",
            "",
            List.of(
                "#/preprocessing/standardize true contradicts the scaling minMax; leave standardize"
                    + " out, it is short for the scalings standardize and none")),
        arguments(
            "{\"standardize\": false, \"scaling\": \"standardize\"}",
            "",
            List.of(
                "#/preprocessing/standardize false contradicts the scaling standardize; leave"
                    + " standardize out, it is short for the scalings standardize and none")),
        arguments(
            "{\"standardizeTargets\": true}",
            ", \"targets\": [\"color\"]",
            List.of(
                "#/preprocessing/standardizeTargets is for regression with the output linear, this"
                    + " is classification with the output softmax; leave it out")),
        arguments(
            "{\"standardizeTargets\": true}",
            ", \"network\": {\"output\": {\"activation\": \"sigmoid\"}}",
            List.of(
                "#/preprocessing/standardizeTargets is for regression with the output linear, this"
                    + " is regression with the output sigmoid; leave it out")),
        arguments(
            "{\"minCategoryCount\": 0}",
            "",
            List.of("#/preprocessing/minCategoryCount must be from 1 on, got 0")),
        arguments(
            "{\"missing\": \"drop\", \"scaling\": \"minmax\", \"unseenCategory\": true}",
            "",
            List.of(
                "#/preprocessing/missing there is no missing 'drop'. It is one of: impute, reject",
                "#/preprocessing/scaling there is no scaling 'minmax'; did you mean 'minMax'? One"
                    + " of: standardize, minMax, robust, none",
                "#/preprocessing/unseenCategory expected one of flag, reject, got true")));
  }

  private static String show(InputError error) {
    return error.pointer() + " " + error.detail();
  }

  @Test
  void takesMissingValuesUnlessTheyAreToBeRejected() {
    save(new int[] {3, 5});
    assertThat(prepare("").preprocessor().inputNames())
        .containsExactly("size", "age", "age:missing", "color=blue", "color=green", "color=red");
    assertThat(
            Objects.requireNonNull(
                    Assertions.catchThrowableOfType(
                        ProblemException.class,
                        () -> prepare(", \"preprocessing\": {\"missing\": \"reject\"}")))
                .errors())
        .extracting(PreprocessingPlanTests::show)
        .containsExactly(
            "#/dataset column 'age' has 2 missing values, first in row 3 (counted from 0); leave"
                + " those rows out, or set \"missing\" of preprocessing to \"impute\"");
  }

  @Test
  void refusesAFeatureThatOnlyValidationRowsHave() {
    String members = ", \"validation\": {\"fraction\": 0.4}";
    save(prepare(members).split().trainingRows());
    ProblemException problem =
        Assertions.catchThrowableOfType(ProblemException.class, () -> prepare(members));
    assertThat(Objects.requireNonNull(problem).errors())
        .extracting(PreprocessingPlanTests::show)
        .containsExactly(
            "#/dataset column 'age' has no value in the 6 training rows; leave it out of the"
                + " features");
    assertThat(Arrays.stream(prepare("").split().trainingRows())).hasSize(ROWS);
  }
}
