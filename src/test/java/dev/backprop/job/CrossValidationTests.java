package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.backprop.core.train.StopReason;
import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.preprocessing.Split;
import dev.backprop.model.CrossValidation;
import dev.backprop.model.Model;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One more training without each of several folds.
class CrossValidationTests {

  private static final int ROWS = 11;
  private static final String FOLDS = "\"validation\": {\"folds\": 3}";
  private static final String NUMBERS = "\"dataset\": {\"id\": \"ds_numbers\"}";
  private static final String TRAINING =
      "\"training\": {\"epochs\": 20, \"batchSize\": 4, \"optimizer\": {\"type\": \"sgd\"}}";

  private final JobService service = new JobService();

  CrossValidationTests() {
    int[] all = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      all[row] = row;
    }
    saveNumbers("ds_numbers", all);
  }

  /// A curve through some of its points.
  private void saveNumbers(String id, int[] rows) {
    float[] x = new float[rows.length];
    float[] y = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      x[i] = rows[i] * rows[i] % 7 + 0.1f * rows[i];
      y[i] = x[i] * x[i] / 10 + rows[i] % 3;
    }
    service.datasets.save(
        new Dataset(
            id,
            "numbers",
            List.of(new NumberColumn("x", x), new NumberColumn("y", y)),
            JobService.NOW));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private JobView end(String spec) {
    return JobService.end(service.submit(SpecReader.read(spec)));
  }

  private Model train(String spec) {
    JobView job = end(spec);
    assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.SUCCEEDED);
    return modelOf(job);
  }

  private Model modelOf(JobView job) {
    JobView.ModelLink link = Objects.requireNonNull(job.model());
    return service.models.find(link.name(), link.version()).orElseThrow();
  }

  /// Trains on a data set of the rows of the other folds, and measures on one of the fold with
  /// steps too small to change a parameter.
  @Test
  void measuresEachFoldWithWhatTheOthersTeach() {
    CrossValidation measured =
        Objects.requireNonNull(
            train("{%s, %s, %s}".formatted(NUMBERS, TRAINING, FOLDS)).crossValidation());
    double[] losses = new double[3];
    List<Split> splits = Split.folds(ROWS, 3, 42, null);
    for (int fold = 0; fold < 3; fold++) {
      saveNumbers("ds_others", splits.get(fold).trainingRows());
      saveNumbers("ds_fold", splits.get(fold).validationRows());
      train("{\"name\": \"others\", \"dataset\": {\"id\": \"ds_others\"}, %s}".formatted(TRAINING));
      Model model =
          train(
              """
              {"name": "fold%d", "dataset": {"id": "ds_others"}, "validation": {"dataset": "ds_fold"},
               "warmStart": {"model": "others"},
               "training": {"epochs": 1, "optimizer": {"type": "sgd", "learningRate": 1e-30}}}"""
                  .formatted(fold));
      losses[fold] = Objects.requireNonNull(model.metrics().validationLoss());
    }

    CrossValidation.Spread expected = CrossValidation.Spread.of(losses);
    assertThat(expected.standardDeviation()).isPositive();
    assertThat(measured.folds()).isEqualTo(3);
    assertThat(measured.loss().mean()).isCloseTo(expected.mean(), within(1e-6));
    assertThat(measured.loss().standardDeviation())
        .isCloseTo(expected.standardDeviation(), within(1e-6));
    assertThat(measured.metrics()).containsOnlyKeys("rmse", "mae", "r2", "mape");
  }

  @Test
  void saysHowFarFoldsAreApart() {
    assertThat(CrossValidation.Spread.of(1, 2, 3, 6))
        .isEqualTo(new CrossValidation.Spread(3, Math.sqrt(14 / 4.0)));
  }

  @Test
  void trainsTheModelOnAllRows() {
    Model with = train("{%s, %s, %s}".formatted(NUMBERS, TRAINING, FOLDS));
    Model without = train("{%s, %s}".formatted(NUMBERS, TRAINING));

    assertThat(with.lineage().parametersSha256()).isEqualTo(without.lineage().parametersSha256());
    assertThat(with.metrics()).isEqualTo(without.metrics());
    assertThat(without.crossValidation()).isNull();
  }

  @Test
  void showsHowFarItIs() {
    JobView job = end("{%s, %s, %s}".formatted(NUMBERS, TRAINING, FOLDS));

    assertThat(job.progress().epoch()).isEqualTo(20);
    assertThat(job.progress().fraction()).isEqualTo(1);
    assertThat(job.progress().fold()).isEqualTo(3);
    assertThat(SpecReader.tree(job).at("/spec/validation").toString()).isEqualTo("{\"folds\":3}");
    assertThat(Objects.requireNonNull(job.latest()).validationLoss()).isNull();
    assertThat(
            SpecReader.tree(end("{%s, %s}".formatted(NUMBERS, TRAINING)))
                .get("progress")
                .has("fold"))
        .isFalse();
  }

  @Test
  void takesInputsFromTheRowsOfTheOtherFolds() {
    service.datasets.save(
        new Dataset(
            "ds_soil",
            "soil",
            List.of(
                new CategoryColumn(
                    "soil", List.of("clay", "peat", "sand"), new int[] {0, 2, 0, 2, 0, 2, 0, 1}),
                new CategoryColumn(
                    "kind", List.of("fern", "moss"), new int[] {0, 1, 0, 1, 0, 1, 0, 1})),
            JobService.NOW));

    Model model =
        train(
            """
            {"dataset": {"id": "ds_soil"}, "validation": {"folds": 4},
             "training": {"epochs": 300, "classWeights": "balanced",
               "optimizer": {"type": "adam", "learningRate": 0.05}}}""");

    CrossValidation measured = Objects.requireNonNull(model.crossValidation());
    assertThat(measured.metrics()).containsKeys("accuracy", "balancedAccuracy", "macroF1");
    assertThat(Objects.requireNonNull(measured.metrics().get("accuracy")).mean())
        .as("all but the fold whose peat is unseen is certain")
        .isGreaterThanOrEqualTo(7 / 8.0);
  }

  @Test
  void keepsTheModelOfAJobThatIsCancelledMeanwhile() {
    Job job = holdInTheFirstFold();
    service.operator.cancel(job.id());
    service.blas.open();
    JobView ended = JobService.end(job);

    assertThat(ended.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(ended.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(modelOf(ended).crossValidation()).isNull();
  }

  @Test
  void keepsTheModelWhenTheServerShutsDown() {
    Job job = holdInTheFirstFold();
    job.stop(StopReason.SHUTDOWN, JobService.NOW, new FakeQueue(0));
    service.blas.open();
    JobView ended = JobService.end(job);

    assertThat(ended.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(ended.stopReason()).isEqualTo(StopReason.SHUTDOWN);
    assertThat(modelOf(ended).crossValidation()).isNull();
  }

  /// The model needs 30 products for three epochs and a few for its metrics, an epoch without a
  /// fold 10.
  private Job holdInTheFirstFold() {
    service.blas.shutAfter(55);
    Job job =
        service.submit(
            SpecReader.read(
                """
                {%s, %s, "training": {"batchSize": 8, "epochs": 3}, "validation": {"folds": 4}}"""
                    .formatted(JobService.DATASET, JobService.NETWORK)));
    JobService.await().until(() -> service.blas.products() == 56);
    JobView view = job.view(null);
    assertThat(view.progress().fold()).isEqualTo(1);
    assertThat(view.progress().fraction()).isBetween(0.2, 0.4);
    assertThat(view.status()).isEqualTo(JobStatus.RUNNING);
    return job;
  }

  /// The largest step that all rows bear is too large for those without a small one.
  @Test
  void saysWhichFoldDiverged() {
    JobView job =
        end(
            """
            {"dataset": {"inputs": [[1], [1], [1], [10]], "targets": [1, 1, 1, 10]},
             "validation": {"folds": 4}, "preprocessing": {"standardize": false},
             "network": {"hidden": []},
             "training": {"epochs": 2000, "batchSize": "full",
               "optimizer": {"type": "sgd", "learningRate": 0.034}}}""");

    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    JobError error = Objects.requireNonNull(job.error());
    assertThat(error.code()).isEqualTo("diverged");
    assertThat(error.detail())
        .matches("The training without fold \\d of 4 diverged; try a smaller learning rate\\. .*");
    assertThat(modelOf(job).metrics().trainingLoss()).isLessThan(0.01);
    assertThat(modelOf(job).crossValidation()).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusesWhatFoldsDoNotGoWith(
      String name, String spec, ProblemType type, String pointer, String detail) {
    train("{\"name\": \"first\", %s, %s}".formatted(NUMBERS, TRAINING));
    ProblemException problem =
        Objects.requireNonNull(
            catchThrowableOfType(
                ProblemException.class, () -> service.planner.prepare(SpecReader.read(spec))));

    assertThat(problem.type()).isEqualTo(type);
    assertThat(problem.errors()).extracting(InputError::pointer).containsExactly(pointer);
    assertThat(problem.errors().getFirst().detail()).contains(detail);
  }

  static Stream<Arguments> refusesWhatFoldsDoNotGoWith() {
    String folds = "#/validation/folds";
    return Stream.of(
        arguments(
            "one fold",
            "{%s, \"validation\": {\"folds\": 1}}".formatted(NUMBERS),
            ProblemType.INVALID_REQUEST,
            folds,
            "at least 2 folds are needed, got 1"),
        arguments(
            "too many folds",
            "{%s, \"validation\": {\"folds\": 21}}".formatted(NUMBERS),
            ProblemType.INVALID_REQUEST,
            folds,
            "there are at most 20 folds, got 21"),
        arguments(
            "more folds than rows",
            "{%s, \"validation\": {\"folds\": 12}}".formatted(NUMBERS),
            ProblemType.INVALID_SPECIFICATION,
            folds,
            "11 rows make 2 to 11 folds, not 12"),
        arguments(
            "a model that has seen the rows",
            "{%s, %s, \"warmStart\": {\"model\": \"first\"}}".formatted(NUMBERS, FOLDS),
            ProblemType.INVALID_SPECIFICATION,
            folds,
            "may have seen the rows of each fold; leave warmStart out"),
        arguments(
            "parameters for other inputs",
            """
            {%s, %s, "network": {"hidden": [],
              "initialParameters": [{"weights": [[0.5]], "biases": [0.25]}]}}"""
                .formatted(NUMBERS, FOLDS),
            ProblemType.INVALID_SPECIFICATION,
            folds,
            "than initialParameters are for; leave one of the two out"),
        arguments(
            "early stopping by rows that the model is trained with",
            """
            {%s, %s, "training": {"earlyStopping": {"metric": "validationLoss"}}}"""
                .formatted(NUMBERS, FOLDS),
            ProblemType.INVALID_SPECIFICATION,
            "#/training/earlyStopping/metric",
            "there are no validation rows"),
        arguments(
            "folds whose rows count nothing",
            """
            {"dataset": {"rows": [{"x": 1, "w": 1, "y": 1}, {"x": 2, "w": 0, "y": 1},
              {"x": 3, "w": 0, "y": 1}]}, %s, "weights": "w"}"""
                .formatted(FOLDS),
            ProblemType.INVALID_SPECIFICATION,
            "#/weights",
            "rows sum to 0"),
        arguments(
            "early stopping by the area of one class",
            """
            {"dataset": {"rows": [{"x": 1, "y": "a"}, {"x": 2, "y": "a"}, {"x": 3, "y": "b"}]},
              %s, "training": {"earlyStopping": {"metric": "rocAuc"}}}"""
                .formatted(FOLDS),
            ProblemType.INVALID_SPECIFICATION,
            "#/training/earlyStopping/metric",
            "the training rows have no rocAuc"),
        arguments(
            "batch normalization of a fold's single training row",
            """
            {"dataset": {"inputs": [[1], [2]], "targets": [1, 2]}, "validation": {"folds": 2},
              "network": {"hidden": [{"units": 2, "normalization": "batch"}]}}""",
            ProblemType.INVALID_SPECIFICATION,
            "#/network/hidden/0/normalization",
            "batch normalization needs at least 2 training rows"),
        arguments(
            "more work than is allowed",
            """
            {%s, "validation": {"folds": 10}, "network": {"hidden": [{"units": 1000000}]},
              "training": {"epochs": 10000000}}"""
                .formatted(NUMBERS),
            ProblemType.LIMIT_EXCEEDED,
            "#/training/epochs",
            "parameters, 10 times for the folds, are 2.0e+16 floating-point operations"));
  }

  @Test
  void isNoMoreWorkThanAllowedWithoutFolds() {
    String spec =
        """
        {%s, "network": {"hidden": [{"units": 1000000}]}, "training": {"epochs": 10000000}}"""
            .formatted(NUMBERS);

    assertThat(service.planner.prepare(SpecReader.read(spec)).folds()).isNull();
  }
}
