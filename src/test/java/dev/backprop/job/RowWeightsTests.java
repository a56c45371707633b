package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Six rows of two classes, four of a and two of b.
class RowWeightsTests {

  private static final int[] ALL = {0, 1, 2, 3, 4, 5};

  private final FakeDatasets datasets = new FakeDatasets();
  private final JobPlanner planner = JobService.planner(datasets, JobService.properties(10));

  RowWeightsTests() {
    datasets.save(
        new Dataset(
            "ds_rows",
            "rows",
            List.of(
                new NumberColumn("x", new float[] {1, 2, 3, 4, 5, 6}),
                new NumberColumn("w", new float[] {1, 3, 0, 2, 6, 0}),
                new NumberColumn("none", new float[] {0, 0, 0, 0, 0, 0}),
                new NumberColumn("bad", new float[] {1, 1, -0.5f, -2, 1, 1}),
                new NumberColumn("holes", new float[] {1, Float.NaN, 1, 1, 1, 1}),
                new CategoryColumn("kind", List.of("a", "b"), new int[] {0, 0, 0, 0, 1, 1})),
            JobService.NOW));
  }

  private PreparedJob prepare(String members) {
    return planner.prepare(
        SpecReader.read(
            "{\"dataset\": {\"id\": \"ds_rows\"}, \"features\": [\"x\"], %s}".formatted(members)));
  }

  private static void assertWeights(PreparedJob job, int[] rows, double... expected) {
    Matrix w = Objects.requireNonNull(job.weights().scaled(rows));
    assertThat(w.columns()).isEqualTo(1);
    double[] values = new double[w.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = w.get(row, 0);
    }
    assertThat(values).containsExactly(expected, Offset.offset(1e-6));
  }

  @Test
  void areNoneWhereAllRowsCountTheSame() {
    assertThat(prepare("\"targets\": [\"kind\"]").weights().scaled(ALL)).isNull();
    assertThat(
            prepare("\"targets\": [\"kind\"], \"training\": {\"classWeights\": \"none\"}")
                .weights()
                .scaled(ALL))
        .isNull();
  }

  @Test
  void haveAMeanOfOne() {
    PreparedJob job = prepare("\"targets\": [\"kind\"], \"weights\": \"w\"");
    assertWeights(job, ALL, 1 / 2.0, 3 / 2.0, 0, 2 / 2.0, 6 / 2.0, 0);
    assertWeights(job, new int[] {1, 3}, 3 / 2.5, 2 / 2.5);
  }

  /// 6 / (2·4) and 6 / (2·2), whose mean over the rows is 1 as it is.
  @Test
  void areBalancedByTheNumbersOfRows() {
    assertWeights(
        prepare("\"targets\": [\"kind\"], \"training\": {\"classWeights\": \"balanced\"}"),
        ALL,
        0.75,
        0.75,
        0.75,
        0.75,
        1.5,
        1.5);
  }

  /// Both classes weigh 6 in all, so that the balance is there already.
  @Test
  void areBalancedByWhatTheRowsWeigh() {
    assertWeights(
        prepare(
            """
            "targets": ["kind"], "weights": "w", "training": {"classWeights": "balanced"}
            """),
        ALL,
        0.5,
        1.5,
        0,
        1,
        3,
        0);
  }

  @Test
  void areGivenByClassAndOneForTheOthers() {
    assertWeights(
        prepare("\"targets\": [\"kind\"], \"training\": {\"classWeights\": {\"b\": 4}}"),
        ALL,
        0.5,
        0.5,
        0.5,
        0.5,
        2,
        2);
    assertWeights(
        prepare(
            """
            "targets": ["kind"], "weights": "w", "training": {"classWeights": {"a": 0.5}}
            """),
        ALL,
        1 / 3.0,
        1,
        0,
        2 / 3.0,
        4,
        0);
  }

  @Test
  void areNotOfferedAsFeatureOrTargetByDefault() {
    PreparedJob job =
        planner.prepare(
            SpecReader.read(
                """
                {"dataset": {"inputs": [[1, 2], [3, 4]], "targets": [[5, 6], [7, 8]]},
                 "weights": "y2"}
                """));
    assertThat(job.spec().features()).containsExactly("x1", "x2");
    assertThat(job.spec().targets()).containsExactly("y1");
    assertWeights(job, new int[] {0, 1}, 6 / 7.0, 8 / 7.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bad   | column 'bad' has -0.5 in row 2 (counted from 0), weights are numbers from 0 on
          holes | column 'holes' has 1 missing value, first in row 1 (counted from 0); leave those rows out: only features can lack values
          none  | the weights of the training rows sum to 0; at least one of these rows has to count
          """)
  void areRefusedWithTheirRow(String column, String detail) {
    assertRefused("\"targets\": [\"kind\"], \"weights\": \"" + column + "\"", detail);
  }

  @Test
  void areRefusedWhereTheValidationRowsCountNothing() {

    datasets.save(
        new Dataset(
            "ds_rows",
            "rows",
            List.of(
                new NumberColumn("x", new float[] {1, 2, 3, 4, 5, 6}),
                new NumberColumn("w", validated(0)),
                new NumberColumn("y", new float[] {1, 2, 3, 4, 5, 6})),
            JobService.NOW));
    assertRefused(
        "\"weights\": \"w\", \"validation\": {\"fraction\": 0.2}",
        "the weights of the validation rows sum to 0; at least one of these rows has to count");
  }

  /// 1 for each row but the validation row.
  private float[] validated(float weight) {
    int row =
        prepare("\"targets\": [\"w\"], \"validation\": {\"fraction\": 0.2}")
            .split()
            .validationRows()[0];
    float[] weights = {1, 1, 1, 1, 1, 1};
    weights[row] = weight;
    return weights;
  }

  private void assertRefused(String members, String detail) {
    ProblemException problem =
        Assertions.catchThrowableOfType(ProblemException.class, () -> prepare(members));
    assertThat(problem).isNotNull();
    assertThat(problem.errors()).containsExactly(InputError.at("#/weights", detail));
  }
}
