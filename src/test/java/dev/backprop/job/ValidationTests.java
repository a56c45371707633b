package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.MemoryLimit;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.model.Model;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows to validate with that a column or a second data set says.
class ValidationTests {

  private static final String MIXED = "\"dataset\": {\"id\": \"ds_mixed\"}";

  private final JobService service = new JobService();

  /// `ds_mixed` has the rows of `ds_train` and `ds_valid` among each other, and says which is
  /// which.
  ValidationTests() {
    save("ds_train", size(1, 2, 3, 4), weight(1, 2, 1, 1), kind("fern", "moss", "fern", "moss"));
    save("ds_valid", size(100, -50), weight(1, 3), kind("moss", "fern"));
    save(
        "ds_mixed",
        size(1, 100, 2, 3, -50, 4),
        weight(1, 1, 2, 1, 3, 1),
        kind("fern", "moss", "moss", "fern", "fern", "moss"),
        texts("part", "train", "valid", "train", "train", "valid", "train"));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private void save(String id, Column... columns) {
    service.datasets.save(new Dataset(id, "plants", List.of(columns), JobService.NOW));
  }

  private static Column size(float... values) {
    return new NumberColumn("size", values);
  }

  private static Column weight(float... values) {
    return new NumberColumn("weight", values);
  }

  private static Column kind(String... texts) {
    return texts("kind", texts);
  }

  private static Column texts(String name, String... texts) {
    List<String> categories = Arrays.stream(texts).distinct().sorted().toList();
    return new CategoryColumn(
        name, categories, Arrays.stream(texts).mapToInt(categories::indexOf).toArray());
  }

  private PreparedJob prepare(String members) {
    return service.planner.prepare(SpecReader.read("{" + members + "}"));
  }

  @Test
  void leavesTheColumnOutOfFeaturesAndTargets() {
    PreparedJob job = prepare(MIXED + ", \"validation\": {\"column\": \"part\"}");

    assertThat(job.spec().targets()).containsExactly("kind");
    assertThat(job.spec().features()).containsExactly("size", "weight");
    assertThat(SpecReader.tree(job.spec()).get("validation").toString())
        .isEqualTo("{\"column\":\"part\"}");
    assertThat(job.trainingRows().count()).isEqualTo(4);
    assertThat(job.validationRows().count()).isEqualTo(2);
    PreparedJob again =
        service.planner.prepare(SpecReader.read(SpecReader.tree(job.spec()).toString()));
    assertThat(again.split().trainingRows()).isEqualTo(job.split().trainingRows());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        MIXED + ", \"validation\": {\"column\": \"part\"}",
        "\"dataset\": {\"id\": \"ds_train\"}, \"validation\": {\"dataset\": \"ds_valid\"}"
      })
  void fitsTheScaleToTheTrainingRowsAlone(String members) {
    FeatureEncoder size = prepare(members).preprocessor().features().getFirst();

    Scaler scaler = new Scaler.Standardize(2.5, Math.sqrt(1.25));
    assertThat(size).isEqualTo(new NumberEncoder("size", scaler, 1, 4, 2.5, false));
  }

  /// What is measured with a column is measured with two data sets.
  @ParameterizedTest
  @ValueSource(strings = {"", "\"weights\": \"weight\", "})
  void trainsAlikeWhereverTheRowsAre(String weights) {
    String training =
        ", %s \"training\": {\"epochs\": 30, \"batchSize\": 2, \"classWeights\": \"balanced\"}"
            .formatted(weights + "\"features\": [\"size\"], \"targets\": [\"kind\"],");
    Model column = train(MIXED + ", \"validation\": {\"column\": \"part\"}" + training);
    Model dataset =
        train(
            "\"dataset\": {\"id\": \"ds_train\"}, \"validation\": {\"dataset\": \"ds_valid\"}"
                + training);

    assertThat(dataset.lineage().parametersSha256()).isEqualTo(column.lineage().parametersSha256());
    assertThat(dataset.metrics()).isEqualTo(column.metrics());
    assertThat(column.metrics().validationLoss()).isNotNull();
    assertThat(dataset.lineage().validationDatasetSha256())
        .isEqualTo(service.datasets.find("ds_valid").orElseThrow().sha256());
    assertThat(column.lineage().validationDatasetSha256()).isNull();
  }

  private Model train(String members) {
    JobView job = end(members);
    JobView.ModelLink link = Objects.requireNonNull(job.model());
    return service.models.find(link.name(), link.version()).orElseThrow();
  }

  private JobView end(String members) {
    JobView job = JobService.end(service.submit(SpecReader.read("{" + members + "}")));
    assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.SUCCEEDED);
    return job;
  }

  /// With the rows of validation changed beyond all measure every epoch's training is the same.
  @Test
  void learnsNothingFromValidationRows() {
    save(
        "ds_other",
        size(1, 1e6f, 2, 3, -3e5f, 4),
        weight(1, 7, 2, 1, 0, 1),
        kind("fern", "fern", "moss", "fern", "moss", "moss"),
        texts("part", "train", "valid", "train", "train", "valid", "train"));
    String settings = ", \"validation\": {\"column\": \"part\"}, \"training\": {\"epochs\": 20}";

    LossCurve curve = curve(MIXED + settings);
    LossCurve other = curve("\"dataset\": {\"id\": \"ds_other\"}" + settings);

    assertThat(other.trainingLoss()).isEqualTo(curve.trainingLoss());
    assertThat(other.validationLoss()).isNotEqualTo(curve.validationLoss());
  }

  private LossCurve curve(String members) {
    Job job = service.submit(SpecReader.read("{" + members + "}"));
    JobService.end(job);
    return LossCurve.of(job.events().curve(100));
  }

  @Test
  void measuresMoreRowsThanItTrainsWith() {
    float[] sizes = new float[1000];
    String[] kinds = new String[1000];
    for (int row = 0; row < sizes.length; row++) {
      sizes[row] = row % 5;
      kinds[row] = row % 2 == 0 ? "fern" : "moss";
    }
    save("ds_large", size(sizes), weight(sizes), kind(kinds));

    Model model =
        train("\"dataset\": {\"id\": \"ds_train\"}, \"validation\": {\"dataset\": \"ds_large\"}");

    assertThat(Objects.requireNonNull(model.metrics().validationAccuracy())).isBetween(0.0, 1.0);
  }

  @Test
  void showsTheSecondDataset() {
    JobView job =
        end("\"dataset\": {\"id\": \"ds_train\"}, \"validation\": {\"dataset\": \"ds_valid\"}");

    assertThat(SpecReader.tree(job).at("/spec/validation").toString())
        .isEqualTo("{\"dataset\":\"ds_valid\"}");
    assertThat(Objects.requireNonNull(job.validationDataset()).id()).isEqualTo("ds_valid");
    assertThat(SpecReader.tree(end(MIXED)).has("validationDataset")).isFalse();
  }

  @Test
  void keepsBothDatasetsWhileTheJobNeedsThem() {
    end("\"dataset\": {\"id\": \"ds_train\"}, \"validation\": {\"dataset\": \"ds_valid\"}");

    service.awaitThatAllLeasesAreClosedOnce();
    assertThat(service.datasets.opened()).isEqualTo(2);
  }

  @Test
  void givesTheSecondDatasetFreeWhenTheFirstIsDeletedMeanwhile() {
    FakeDatasets own =
        new FakeDatasets() {
          @Override
          public Lease lease(String id) {
            delete("ds_train");
            return super.lease(id);
          }
        };
    own.save(service.datasets.find("ds_train").orElseThrow());
    own.save(service.datasets.find("ds_valid").orElseThrow());
    JobPlanner late = JobService.planner(own, JobService.properties(10));

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () ->
                late.prepare(
                    SpecReader.read(
                        "{\"dataset\": {\"id\": \"ds_train\"}, \"validation\": {\"dataset\": \"ds_valid\"}}")))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.NOT_FOUND));
    assertThat(own.opened()).isEqualTo(1);
    assertThat(own.closed()).isEqualTo(1);
  }

  @Test
  void countsTheRowsOfBothDatasetsForMemory() {
    save("ds_wide", size(new float[100_000]), weight(new float[100_000]), fern(100_000));
    JobProperties usual = JobService.properties(10);
    JobProperties small =
        new JobProperties(
            usual.workers(),
            usual.queueCapacity(),
            usual.maxParameters(),
            usual.maxEpochs(),
            usual.maxWork(),
            new MemoryLimit(1_000_000),
            usual.curvePoints(),
            usual.retained(),
            usual.maxHistoryMemory(),
            usual.maxWait(),
            usual.shutdownGrace(),
            usual.maxThreads(),
            usual.threads(),
            usual.maxPaused(),
            usual.maxPausedMemory(),
            usual.maxRunningMemory());
    JobPlanner planner = JobService.planner(service.datasets, small);
    String spec = "{\"dataset\": {\"id\": \"ds_train\"}%s}";

    assertThat(planner.prepare(SpecReader.read(spec.formatted(""))).rows()).isEqualTo(4);
    ProblemException problem =
        refusal(planner, spec.formatted(", \"validation\": {\"dataset\": \"ds_wide\"}"));
    assertThat(problem.type()).isEqualTo(ProblemType.LIMIT_EXCEEDED);
    assertThat(problem.detail()).contains("the limit of backprop.jobs.max-memory is 1.0 MB");
  }

  private static Column fern(int rows) {
    return new CategoryColumn("kind", List.of("fern"), new int[rows]);
  }

  private static ProblemException refusal(JobPlanner planner, String spec) {
    return Objects.requireNonNull(
        catchThrowableOfType(ProblemException.class, () -> planner.prepare(SpecReader.read(spec))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusesAColumnThatDoesNotFit(String name, String members, String detail) {
    ProblemException problem = refusal(service.planner, "{" + MIXED + ", " + members + "}");

    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_SPECIFICATION);
    assertThat(problem.errors()).hasSize(1);
    assertThat(problem.errors().getFirst().pointer()).isEqualTo("#/validation/column");
    assertThat(problem.errors().getFirst().detail()).contains(detail);
  }

  static Stream<Arguments> refusesAColumnThatDoesNotFit() {
    return Stream.of(
        arguments(
            "none of that name",
            "\"validation\": {\"column\": \"parts\"}",
            "there is no column 'parts'; the columns are size, weight, kind, part"),
        arguments(
            "a feature",
            "\"features\": [\"size\", \"part\"], \"targets\": [\"kind\"], \"validation\": {\"column\": \"part\"}",
            "column 'part' is a feature as well; a column that splits the rows is nothing else"),
        arguments(
            "a target",
            "\"targets\": [\"part\"], \"validation\": {\"column\": \"part\"}",
            "column 'part' is a target as well"),
        arguments(
            "the weights",
            "\"weights\": \"weight\", \"validation\": {\"column\": \"weight\"}",
            "column 'weight' is the column of weights as well"),
        arguments(
            "numbers of another kind",
            "\"validation\": {\"column\": \"weight\"}",
            "column 'weight' has '2' in row 2 (counted from 0); train, training, false or 0 is"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusesADatasetThatDoesNotFit(String name, List<Column> columns, List<String> details) {
    save("ds_bad", columns.toArray(Column[]::new));
    ProblemException problem =
        refusal(
            service.planner,
            """
            {"dataset": {"id": "ds_train"}, "weights": "weight",
             "preprocessing": {"missing": "reject"}, "validation": {"dataset": "ds_bad"}}""");

    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_SPECIFICATION);
    assertThat(problem.errors())
        .extracting(InputError::pointer)
        .isEqualTo(Collections.nCopies(details.size(), "#/validation/dataset"));
    IntStream.range(0, details.size())
        .forEach(i -> assertThat(problem.errors().get(i).detail()).startsWith(details.get(i)));
  }

  static Stream<Arguments> refusesADatasetThatDoesNotFit() {
    String advice = "; validation rows have the columns and classes of the training rows";
    return Stream.of(
        arguments(
            "columns that are missing",
            List.of(texts("color", "red")),
            List.of(
                "there is no column 'size'; the columns are color" + advice,
                "there is no column 'kind'; the columns are color" + advice,
                "there is no column 'weight'; the columns are color" + advice)),
        arguments(
            "columns of another type",
            List.of(texts("size", "large"), texts("weight", "much"), kind("fern")),
            List.of(
                "column 'size' has categories, the model was trained with numbers",
                "column 'weight' has categories, weights are numbers from 0 on")),
        arguments(
            "a class that is not trained, a missing value and a weight below 0",
            List.of(size(1, Float.NaN), weight(1, -1), kind("fern", "oak")),
            List.of(
                "column 'size' has 1 missing value",
                "column 'kind' has the class 'oak' in row 1 (counted from 0), which the model does"
                    + " not know"
                    + advice,
                "column 'weight' has -1 in row 1")),
        arguments(
            "weights that sum to 0",
            List.of(size(1), weight(0), kind("fern")),
            List.of("the weights of the validation rows sum to 0")),
        arguments(
            "the rows that are trained with",
            List.of(size(1, 2, 3, 4), weight(1, 2, 1, 1), kind("fern", "moss", "fern", "moss")),
            List.of("has the rows that are trained with; give other rows, or a fraction")));
  }

  @Test
  void takesCategoriesThatTrainingDoesNotHaveForNone() {
    save("ds_soil", texts("soil", "sand", "clay"), size(1, 2));
    save("ds_soil2", texts("soil", "sand", "peat"), size(1, 2));

    PreparedJob job =
        prepare("\"dataset\": {\"id\": \"ds_soil\"}, \"validation\": {\"dataset\": \"ds_soil2\"}");

    assertThat(job.validationRows().encode(job.preprocessor()).x().values())
        .containsExactly(0, 1, 0, 0);
  }

  @Test
  void refusesTargetsBeyondTheLoss() {
    save("ds_share", size(1, 2), new NumberColumn("share", new float[] {0, 0.5f}));
    save("ds_share2", size(1, 2), new NumberColumn("share", new float[] {0, 1.5f}));

    ProblemException problem =
        refusal(
            service.planner,
            """
            {"dataset": {"id": "ds_share"}, "validation": {"dataset": "ds_share2"},
             "network": {"output": {"activation": "sigmoid"}},
             "training": {"loss": "binaryCrossEntropy"}}""");

    assertThat(problem.errors().getFirst().pointer()).isEqualTo("#/validation/dataset");
    assertThat(problem.errors().getFirst().detail())
        .startsWith("binaryCrossEntropy needs targets from 0 to 1, column 'share' has 0.0 to 1.5");
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    save("ds_bad", texts("color", "red"));
    ProblemException problem =
        refusal(
            service.planner,
            """
            {"dataset": {"id": "ds_train"}, "validation": {"dataset": "ds_bad"},
             "weights": "importance", "features": ["size"],
             "training": {"metrics": ["r2"], "classWeights": {"oak": 2}}}""");

    assertThat(problem.errors())
        .extracting(InputError::pointer)
        .containsExactlyInAnyOrder(
            "#/weights",
            "#/training/metrics/0",
            "#/training/classWeights/oak",
            "#/validation/dataset",
            "#/validation/dataset",
            "#/validation/dataset");
    assertThat(
            refusal(
                    service.planner,
                    "{\"dataset\": {\"id\": \"ds_no\"}, \"validation\": {\"dataset\": \"ds_nor\"}}")
                .errors())
        .extracting(InputError::pointer)
        .containsExactlyInAnyOrder("#/dataset/id", "#/validation/dataset");
  }

  @Test
  void startsWarmWithBoth() {
    train("\"name\": \"first\", \"dataset\": {\"id\": \"ds_train\"}");
    String warm = ", \"name\": \"first\", \"warmStart\": {\"model\": \"first\", \"version\": 1}";

    Model column = train(MIXED + ", \"validation\": {\"column\": \"part\"}" + warm);
    Model dataset =
        train(
            "\"dataset\": {\"id\": \"ds_train\"}, \"validation\": {\"dataset\": \"ds_valid\"}"
                + warm);

    assertThat(dataset.lineage().parametersSha256()).isEqualTo(column.lineage().parametersSha256());
    assertThat(dataset.metrics()).isEqualTo(column.metrics());
  }

  @Test
  void refusesWeightsThatDataForAWarmStartLack() {
    train("\"name\": \"first\", \"dataset\": {\"id\": \"ds_train\"}");

    ProblemException problem =
        refusal(
            service.planner,
            """
            {"dataset": {"id": "ds_mixed"}, "warmStart": {"model": "first"},
             "weights": "importance"}""");

    assertThat(problem.errors()).extracting(InputError::pointer).containsExactly("#/weights");
  }
}
