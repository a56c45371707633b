package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.backprop.dataset.MemoryLimit;
import dev.backprop.model.Lineage;
import dev.backprop.model.Model;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Training that starts from a model.
class WarmStartTests {

  private static final String DESCENT =
      "\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 0.01}, \"batchSize\": \"full\"";

  private static final String PLANTS =
      """
      "dataset": {"name": "plants", "rows": [
        {"height": 1, "soil": "sand", "kind": "fern"}, {"height": 2, "soil": "clay", "kind": "moss"},
        {"height": 3, "soil": "sand", "kind": "palm"}, {"height": 4, "soil": "clay", "kind": "fern"},
        {"height": 5, "soil": "sand", "kind": "moss"}, {"height": 6, "soil": "clay", "kind": "palm"}]}
      """;

  private static final String LAYERS =
      """
      "network": {"hidden": [{"units": 3, "activation": {"type": "leakyRelu", "slope": 0.1},
        "dropout": 0.25}, {"units": 2, "activation": "tanh"}]}
      """;

  private final JobService service = new JobService();

  @AfterEach
  void stop() {
    service.close();
  }

  /// The newest of a name.
  private Model train(String spec) {
    JobView job = JobService.end(service.submit(SpecReader.read(spec)));
    assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.SUCCEEDED);
    JobView.ModelLink link = Objects.requireNonNull(job.model());
    return service.models.find(link.name(), link.version()).orElseThrow();
  }

  private Model trainSum(String training) {
    return train(
        "{%s, %s, \"training\": {%s}}".formatted(JobService.DATASET, JobService.NETWORK, training));
  }

  private Model trainPlants() {
    return train(
        "{%s, %s, \"preprocessing\": {\"standardize\": false}, \"training\": {\"epochs\": 2}}"
            .formatted(PLANTS, LAYERS));
  }

  @ParameterizedTest
  @CsvSource({"full, false", "full, true", "4, false"})
  void tenEpochsAreFiveAndFiveMoreBitForBit(String batchSize, boolean shuffle) {
    String settings =
        "\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 0.01}, \"shuffle\": %s, \"batchSize\": %s, \"epochs\": "
            .formatted(shuffle, batchSize.equals("full") ? "\"full\"" : batchSize);
    Model ten = trainSum(settings + 10);
    Model five = trainSum(settings + 5);
    Model fiveMore =
        train(
            "{%s, \"warmStart\": {\"model\": \"sum\", \"version\": %d}, \"training\": {%s 5}}"
                .formatted(JobService.DATASET, five.version(), settings));

    assertThat(fiveMore.parameters().values()).isNotEqualTo(five.parameters().values());
    assertThat(fiveMore.parameters().values()).isEqualTo(ten.parameters().values());
    assertThat(fiveMore.lineage().parametersSha256()).isEqualTo(ten.lineage().parametersSha256());
    assertThat(fiveMore.metrics()).isEqualTo(ten.metrics());
  }

  @Test
  void theFirstEpochHasTheLossThatTheModelHadInTheEnd() {
    Model source = trainSum(DESCENT + ", \"epochs\": 20");
    String parameters = Arrays.toString(source.parameters().values());
    Job job =
        service.submit(
            SpecReader.read(
                "{%s, \"warmStart\": {\"model\": \"sum\"}, \"training\": {%s, \"epochs\": 3}}"
                    .formatted(JobService.DATASET, DESCENT)));
    JobService.end(job);
    assertThat(job.events().curve(10).getFirst().trainingLoss())
        .isEqualTo(source.metrics().trainingLoss());
    assertThat(Arrays.toString(source.parameters().values())).isEqualTo(parameters);
  }

  @Test
  void keepsTheScaleTheCategoriesAndTheClassesOfTheModel() {
    Model source = train("{%s, %s, \"training\": {\"epochs\": 2}}".formatted(PLANTS, LAYERS));
    Model tuned =
        train(
            """
            {"dataset": {"rows": [{"kind": "palm", "weight": 7, "soil": "clay", "height": 100},
                                  {"kind": "fern", "weight": 8, "soil": "clay", "height": 200}]},
             "warmStart": {"model": "plants"}, "training": {"epochs": 2}}""");
    assertThat(tuned.preprocessor()).isEqualTo(source.preprocessor());
    assertThat(tuned.name()).isEqualTo("plants");
    assertThat(tuned.lineage().parent()).isEqualTo(Lineage.Parent.of(source));
    assertThat(source.lineage().parent()).isNull();
  }

  @Test
  void takesMissingValuesAsTheModelDoes() {
    Model source = train("{%s, %s, \"training\": {\"epochs\": 2}}".formatted(PLANTS, LAYERS));
    Model tuned =
        train(
            """
            {"dataset": {"rows": [{"kind": "palm", "soil": null, "height": 100},
                                  {"kind": "fern", "soil": "clay", "height": null}]},
             "warmStart": {"model": "plants"}, "training": {"epochs": 2}}""");
    assertThat(tuned.preprocessor()).isEqualTo(source.preprocessor());
  }

  @Test
  void fillsInWhatTheModelHas() {
    Model source = trainPlants();
    JsonNode spec = plan("{%s, \"warmStart\": {\"model\": \"plants\"}}".formatted(PLANTS));
    assertThat(spec.get("warmStart"))
        .isEqualTo(
            SpecReader.tree(
                "{\"model\": \"plants\", \"version\": %d}".formatted(source.version())));
    assertThat(spec.get("name").asString()).isEqualTo("plants");
    assertThat(spec.get("features").toString()).isEqualTo("[\"height\",\"soil\"]");
    assertThat(spec.get("targets").toString()).isEqualTo("[\"kind\"]");
    assertThat(spec.get("task").asString()).isEqualTo("classification");
    assertThat(spec.at("/preprocessing/standardize").asBoolean()).isFalse();
    assertThat(spec.get("network"))
        .isEqualTo(
            SpecReader.tree(
                """
                {"hidden": [{"units": 3, "activation": {"type": "leakyRelu", "slope": 0.1},
                             "dropout": 0.25, "normalization": "none"},
                            {"units": 2, "activation": "tanh", "dropout": 0.0, "normalization": "none"}],
                 "output": {"activation": "softmax"}, "initializer": null}"""));
    assertThat(spec.at("/training/loss").asString()).isEqualTo("categoricalCrossEntropy");
    assertThat(spec.at("/training/epochs").asInt()).isEqualTo(200);
  }

  @Test
  void takesAnotherNameDropoutAndLoss() {
    Model source = trainPlants();
    JsonNode spec =
        plan(
            """
            {%s, "name": "garden", "warmStart": {"model": "plants"},
             "network": {"hidden": [{"units": 3, "dropout": 0.5}, {"units": 2}]},
             "training": {"loss": "meanSquaredError"}}"""
                .formatted(PLANTS));
    assertThat(spec.get("name").asString()).isEqualTo("garden");
    assertThat(spec.at("/network/hidden/0/dropout").asDouble()).isEqualTo(0.5);
    assertThat(spec.at("/network/hidden/0/activation/type").asString()).isEqualTo("leakyRelu");
    assertThat(spec.at("/network/hidden/1/activation").asString()).isEqualTo("tanh");
    assertThat(spec.at("/training/loss").asString()).isEqualTo("meanSquaredError");
    Model tuned = train(spec.toString());
    assertThat(tuned.name()).isEqualTo("garden");
    assertThat(tuned.lineage().parent()).isEqualTo(Lineage.Parent.of(source));
    assertThat(tuned.parameters().spec().layers().getFirst().dropout()).isEqualTo(0.5);
  }

  /// As the echo of a job has it, so that it can be sent again.
  private JsonNode plan(String spec) {
    PreparedJob prepared = service.planner.prepare(SpecReader.read(spec));
    prepared.lease().close();
    return SpecReader.tree(prepared.spec());
  }

  @Test
  void survivesThatItsModelIsDeletedWhileItWaits() {
    Model source = trainSum(DESCENT + ", \"epochs\": 5");
    Job running = service.submitAndHoldAfter(0, "");
    Job waiting =
        service.submit(
            SpecReader.read(
                "{%s, \"warmStart\": {\"model\": \"sum\", \"version\": %d}, \"training\": {%s}}"
                    .formatted(JobService.DATASET, source.version(), DESCENT)));
    assertThat(waiting.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(service.models.delete("sum", source.version())).isTrue();
    service.blas.open();
    JobService.end(running);
    JobView ended = JobService.end(waiting);
    assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(waiting.events().curve(10).getFirst().trainingLoss())
        .isEqualTo(source.metrics().trainingLoss());
    assertThat(waiting.source()).as("what an ended job holds").isNull();
  }

  @Test
  void countsAModelThatIsDeletedWhileAJobIsYetToStartFromIt() {
    try (JobService small = new JobService(1_000, new MemoryLimit(9_000))) { // three models
      Model source =
          small
              .models
              .find(
                  "sum",
                  Objects.requireNonNull(JobService.end(small.submit("\"epochs\": 1")).model())
                      .version())
              .orElseThrow();
      small.submitAndHoldAfter(0, "");
      small.submit(
          SpecReader.read(
              "{%s, \"warmStart\": {\"model\": \"sum\"}}".formatted(JobService.DATASET)));
      small.models.delete("sum", source.version());
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> small.submit(""))
          .satisfies(
              problem -> assertThat(problem.type()).isEqualTo(ProblemType.INSUFFICIENT_STORAGE));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusesWhatIsNotTheModels(
      String name, String members, List<String> pointers, String advice) {
    trainPlants();
    String start = "\"warmStart\": {\"model\": \"plants\"}";
    String data = members.contains("\"dataset\"") ? "" : PLANTS + ", ";
    int stored = service.datasets.size();
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                service.planner.prepare(
                    SpecReader.read(
                        members.contains("warmStart")
                            ? "{%s%s}".formatted(data, members)
                            : "{%s%s, %s}".formatted(data, start, members))));
    assertThat(problem).isNotNull();
    assertThat(problem.errors()).extracting(InputError::pointer).isEqualTo(pointers);
    assertThat(problem.errors()).extracting(InputError::detail).anyMatch(d -> d.contains(advice));
    assertThat(service.datasets.size()).isEqualTo(stored);
  }

  static Stream<Arguments> refusesWhatIsNotTheModels() {
    String plants = "model 'plants' version 1";
    return Stream.of(
        arguments(
            "an unknown model",
            "\"warmStart\": {\"model\": \"nobody\"}",
            List.of("#/warmStart/model"),
            "there is no model 'nobody' on this server; GET /api/v1/models lists"),
        arguments(
            "an unknown version",
            "\"warmStart\": {\"model\": \"plants\", \"version\": 7}",
            List.of("#/warmStart/version"),
            "model 'plants' has no version 7; its newest is 1"),
        arguments(
            "version 0",
            "\"warmStart\": {\"model\": \"plants\", \"version\": 0}",
            List.of("#/warmStart/version"),
            "versions count from 1"),
        arguments(
            "no model", "\"warmStart\": {}", List.of("#/warmStart/model"), "the name of a model"),
        arguments(
            "more units",
            "\"network\": {\"hidden\": [{\"units\": 4}, {\"units\": 2}]}",
            List.of("#/network/hidden/0/units"),
            "4 units, " + plants + " has 3; leave network out, and it is the model's"),
        arguments(
            "another activation",
            "\"network\": {\"hidden\": [{\"units\": 3}, {\"units\": 2, \"activation\": \"relu\"}]}",
            List.of("#/network/hidden/1/activation"),
            "relu, " + plants + " has tanh"),
        arguments(
            "another slope",
            "\"network\": {\"hidden\": [{\"units\": 3, \"activation\": \"leakyRelu\"}, {\"units\": 2}]}",
            List.of("#/network/hidden/0/activation"),
            "leakyRelu of slope 0.01, " + plants + " has leakyRelu of slope 0.1"),
        arguments(
            "fewer layers, the first of them of another size",
            "\"network\": {\"hidden\": [{\"units\": 5}]}",
            List.of("#/network/hidden", "#/network/hidden/0/units"),
            "1 hidden layers, " + plants + " has 2"),
        arguments(
            "another output",
            "\"network\": {\"output\": {\"activation\": \"sigmoid\"}}",
            List.of("#/network/output/activation"),
            "sigmoid, " + plants + " has softmax"),
        arguments(
            "an initializer and parameters",
            """
            "network": {"initializer": {"type": "zeros"},
              "initialParameters": [{"weights": [[1]], "biases": [1]}]}""",
            List.of(
                "#/network/initializer",
                "#/network/initializer/type",
                "#/network/initializer",
                "#/network/initialParameters"),
            "the parameters are those of "
                + plants
                + ", so that none are taken; leave"
                + " initialParameters or warmStart out"),
        arguments(
            "columns in another order",
            "\"features\": [\"soil\", \"height\"]",
            List.of("#/features/0"),
            "'soil', " + plants + " has 'height' there; leave features out"),
        arguments(
            "fewer columns",
            "\"features\": [\"height\"]",
            List.of("#/features"),
            "1 columns, " + plants + " has 2"),
        arguments(
            "another target, task and preprocessing",
            """
            "targets": ["height"], "task": "regression", "preprocessing": {"standardize": true}""",
            List.of("#/targets/0", "#/task", "#/preprocessing/standardize"),
            "regression, " + plants + " has classification; leave task out"),
        arguments(
            "other preprocessing",
            """
            "preprocessing": {"scaling": "minMax", "minCategoryCount": 2, "missing": "reject",
              "unseenCategory": "flag", "standardizeTargets": false}""",
            List.of(
                "#/preprocessing/scaling",
                "#/preprocessing/minCategoryCount",
                "#/preprocessing/missing"),
            "minMax, " + plants + " has none; leave preprocessing out"),
        arguments(
            "a loss that does not fit",
            "\"training\": {\"loss\": \"hinge\"}",
            List.of("#/training/loss"),
            "hinge works behind the output linear or tanh"),
        arguments(
            "lbfgs on the dropout of the model",
            "\"training\": {\"optimizer\": {\"type\": \"lbfgs\"}, \"batchSize\": \"full\"}",
            List.of("#/training/optimizer"),
            "hidden layer 1 of " + plants + " has 0.25; give the network with \"dropout\": 0.0"),
        arguments(
            "data without a column, of another type, and with a new class",
            """
            "dataset": {"rows": [{"soil": 1, "kind": "fern"}, {"soil": 2, "kind": "rose"}]}""",
            List.of("#/dataset", "#/dataset", "#/dataset"),
            "column 'kind' has the class 'rose' in row 1 (counted from 0), which the model does not"
                + " know; a warm start needs data as "
                + plants
                + " had them"),
        arguments(
            "data with a new category, beside another network",
            """
            "network": {"hidden": []},
            "dataset": {"rows": [{"height": 1, "soil": "peat", "kind": "fern"}]}""",
            List.of("#/network/hidden", "#/dataset"),
            "column 'soil' has the category 'peat' in row 0 (counted from 0), which the model does"
                + " not know"));
  }
}
