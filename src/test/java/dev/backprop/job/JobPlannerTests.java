package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.backprop.core.metric.Metric;
import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobPlannerTests {

  private static final String PLANTS = "\"dataset\": {\"id\": \"ds_plants\"}";

  private final FakeDatasets datasets = new FakeDatasets();
  private final JobPlanner planner = JobService.planner(datasets, JobService.properties(10));

  JobPlannerTests() {
    datasets.save(
        new Dataset(
            "ds_plants",
            "plants",
            List.of(
                new NumberColumn("height", new float[] {1, 2, 3, 4, 5, 6, 7, 8}),
                new NumberColumn("wet", new float[] {0, 1, 0, 1, 0, 1, 0, 1}),
                new NumberColumn("sunny", new float[] {1, 1, 0, 0, 1, 1, 0, 0}),
                new CategoryColumn(
                    "alive", List.of("no", "yes"), new int[] {0, 1, 0, 1, 0, 1, 0, 1}),
                new CategoryColumn(
                    "kind", List.of("fern", "moss", "palm"), new int[] {0, 1, 2, 0, 1, 2, 0, 1})),
            JobService.NOW));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void fillsInEveryDefault(String name, String request, String expected) {
    PreparedJob prepared = planner.prepare(SpecReader.read(request));
    assertThat(SpecReader.tree(prepared.spec())).isEqualTo(SpecReader.tree(expected));
  }

  static Stream<Arguments> fillsInEveryDefault() {
    return Stream.of(
        arguments(
            "categories are classified",
            "{%s}".formatted(PLANTS),
            """
            {"name": "plants", "dataset": {"id": "ds_plants"},
             "features": ["height", "wet", "sunny", "alive"], "targets": ["kind"],
             "task": "classification", "preprocessing": {"standardize": true, "scaling": "standardize", "minCategoryCount": 1,
               "missing": "impute", "unseenCategory": "flag", "standardizeTargets": false},
             "network": {"hidden": [{"units": 32, "activation": "relu", "dropout": 0.0, "normalization": "none"}],
               "output": {"activation": "softmax"}, "initializer": {"type": "heUniform"}},
             "training": {"loss": "categoricalCrossEntropy",
               "optimizer": {"type": "adam", "learningRate": 0.001, "beta1": 0.9, "beta2": 0.999,
                 "epsilon": 1e-8},
               "schedule": {"type": "constant"}, "epochs": 200, "batchSize": 32, "shuffle": true,
               "seed": 42, "l1": 0.0, "l2": 0.0, "inputDropout": 0.0, "inputNoise": 0.0, "maxNorm": null,
               "gradientClipping": null, "stopWhen": null, "earlyStopping": null,
               "layerStatistics": false, "classWeights": "none", "metrics": ["accuracy"],
               "threads": 1},
             "validation": null, "weights": null, "priority": "normal"}
            """),
        arguments(
            "numbers are predicted",
            """
            {%s, "name": "tall", "targets": ["height"], "features": ["wet"],
             "network": {"hidden": [{"units": 3, "activation": "tanh"}, {"units": 2}]},
             "training": {"optimizer": {"type": "sgd"}, "batchSize": "full"},
             "validation": {"fraction": 0.25}}
            """
                .formatted(PLANTS),
            """
            {"name": "tall", "dataset": {"id": "ds_plants"}, "features": ["wet"],
             "targets": ["height"], "task": "regression", "preprocessing": {"standardize": true, "scaling": "standardize", "minCategoryCount": 1,
               "missing": "impute", "unseenCategory": "flag", "standardizeTargets": true},
             "network": {"hidden": [{"units": 3, "activation": "tanh", "dropout": 0.0, "normalization": "none"},
                 {"units": 2, "activation": "relu", "dropout": 0.0, "normalization": "none"}],
               "output": {"activation": "linear"}, "initializer": {"type": "glorotUniform"}},
             "training": {"loss": "meanSquaredError",
               "optimizer": {"type": "sgd", "learningRate": 0.01, "momentum": 0.0,
                 "nesterov": false},
               "schedule": {"type": "constant"}, "epochs": 200, "batchSize": "full",
               "shuffle": true, "seed": 42, "l1": 0.0, "l2": 0.0, "inputDropout": 0.0, "inputNoise": 0.0, "maxNorm": null,
               "gradientClipping": null, "stopWhen": null, "earlyStopping": null,
               "layerStatistics": false, "classWeights": "none", "metrics": ["rmse", "mae", "r2"], "threads": 1},
             "validation": {"fraction": 0.25}, "weights": null, "priority": "normal"}
            """),
        arguments(
            "two classes behind sigmoid, of a linear model with a uniform initializer",
            """
            {%s, "targets": ["alive"], "features": ["height"],
             "preprocessing": {"standardize": false},
             "network": {"hidden": [], "output": {"activation": "sigmoid"},
               "initializer": {"type": "uniform"}},
             "training": {"stopWhen": {"seconds": 5}}}
            """
                .formatted(PLANTS),
            """
            {"name": "plants", "dataset": {"id": "ds_plants"}, "features": ["height"],
             "targets": ["alive"], "task": "classification",
             "preprocessing": {"standardize": false, "scaling": "none", "minCategoryCount": 1,
               "missing": "impute", "unseenCategory": "flag", "standardizeTargets": false},
             "network": {"hidden": [], "output": {"activation": "sigmoid"},
               "initializer": {"type": "uniform", "limit": 1.0}},
             "training": {"loss": "binaryCrossEntropy",
               "optimizer": {"type": "adam", "learningRate": 0.001, "beta1": 0.9, "beta2": 0.999,
                 "epsilon": 1e-8},
               "schedule": {"type": "constant"}, "epochs": 200, "batchSize": 32, "shuffle": true,
               "seed": 42, "l1": 0.0, "l2": 0.0, "inputDropout": 0.0, "inputNoise": 0.0, "maxNorm": null,
               "gradientClipping": null, "stopWhen": {"seconds": 5.0}, "earlyStopping": null,
               "layerStatistics": false, "classWeights": "none", "metrics": ["accuracy"],
               "threads": 1},
             "validation": null, "weights": null, "priority": "normal"}
            """),
        arguments(
            "several labels",
            "{%s, \"targets\": [\"wet\", \"sunny\"], \"task\": \"multilabel\"}".formatted(PLANTS),
            """
            {"name": "plants", "dataset": {"id": "ds_plants"},
             "features": ["height", "alive", "kind"], "targets": ["wet", "sunny"],
             "task": "multilabel", "preprocessing": {"standardize": true, "scaling": "standardize", "minCategoryCount": 1,
               "missing": "impute", "unseenCategory": "flag", "standardizeTargets": false},
             "network": {"hidden": [{"units": 32, "activation": "relu", "dropout": 0.0, "normalization": "none"}],
               "output": {"activation": "sigmoid"}, "initializer": {"type": "heUniform"}},
             "training": {"loss": "binaryCrossEntropy",
               "optimizer": {"type": "adam", "learningRate": 0.001, "beta1": 0.9, "beta2": 0.999,
                 "epsilon": 1e-8},
               "schedule": {"type": "constant"}, "epochs": 200, "batchSize": 32, "shuffle": true,
               "seed": 42, "l1": 0.0, "l2": 0.0, "inputDropout": 0.0, "inputNoise": 0.0, "maxNorm": null,
               "gradientClipping": null, "stopWhen": null, "earlyStopping": null,
               "layerStatistics": false, "classWeights": "none", "metrics": ["accuracy"],
               "threads": 1},
             "validation": null, "weights": null, "priority": "normal"}
            """),
        arguments(
            "rows and classes that count differently",
            """
            {%s, "targets": ["alive"], "weights": "height",
             "training": {"classWeights": {"yes": 3}}}
            """
                .formatted(PLANTS),
            """
            {"name": "plants", "dataset": {"id": "ds_plants"},
             "features": ["wet", "sunny", "kind"], "targets": ["alive"],
             "task": "classification", "preprocessing": {"standardize": true, "scaling": "standardize", "minCategoryCount": 1,
               "missing": "impute", "unseenCategory": "flag", "standardizeTargets": false},
             "network": {"hidden": [{"units": 32, "activation": "relu", "dropout": 0.0, "normalization": "none"}],
               "output": {"activation": "softmax"}, "initializer": {"type": "heUniform"}},
             "training": {"loss": "categoricalCrossEntropy",
               "optimizer": {"type": "adam", "learningRate": 0.001, "beta1": 0.9, "beta2": 0.999,
                 "epsilon": 1e-8},
               "schedule": {"type": "constant"}, "epochs": 200, "batchSize": 32, "shuffle": true,
               "seed": 42, "l1": 0.0, "l2": 0.0, "inputDropout": 0.0, "inputNoise": 0.0, "maxNorm": null,
               "gradientClipping": null, "stopWhen": null, "earlyStopping": null,
               "layerStatistics": false, "classWeights": {"yes": 3.0}, "metrics": ["accuracy"],
               "threads": 1},
             "validation": null, "weights": "height", "priority": "normal"}
            """),
        arguments(
            "given parameters in place of an initializer",
            """
            {%s, "targets": ["height"], "features": ["wet"], "network": {"hidden": [],
               "initialParameters": [{"weights": [[0.5]], "biases": [0.25]}]},
             "training": {"epochs": 1, "seed": -9223372036854775808, "shuffle": false,
               "optimizer": {"type": "sgd", "learningRate": 0.5, "momentum": 0.5,
                 "nesterov": true}}}
            """
                .formatted(PLANTS),
            """
            {"name": "plants", "dataset": {"id": "ds_plants"}, "features": ["wet"],
             "targets": ["height"], "task": "regression", "preprocessing": {"standardize": true, "scaling": "standardize", "minCategoryCount": 1,
               "missing": "impute", "unseenCategory": "flag", "standardizeTargets": true},
             "network": {"hidden": [], "output": {"activation": "linear"}, "initializer": null,
               "initialParameters": [{"weights": [[0.5]], "biases": [0.25]}]},
             "training": {"loss": "meanSquaredError",
               "optimizer": {"type": "sgd", "learningRate": 0.5, "momentum": 0.5,
                 "nesterov": true},
               "schedule": {"type": "constant"}, "epochs": 1, "batchSize": 32, "shuffle": false,
               "seed": -9223372036854775808, "l1": 0.0, "l2": 0.0, "inputDropout": 0.0, "inputNoise": 0.0, "maxNorm": null,
               "gradientClipping": null, "stopWhen": null, "earlyStopping": null,
               "layerStatistics": false, "classWeights": "none", "metrics": ["rmse", "mae", "r2"], "threads": 1},
             "validation": null, "weights": null, "priority": "normal"}
            """));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fillsInEveryDefault")
  void makesTheSameOfWhatItEchoes(String name, String request, String expected) {
    PreparedJob first = planner.prepare(SpecReader.read(request));
    String echoed = SpecReader.tree(first.spec()).toString();
    PreparedJob second = planner.prepare(SpecReader.read(echoed));
    assertThat(SpecReader.tree(second.spec())).hasToString(echoed);
    assertThat(second.network()).isEqualTo(first.network());
    assertThat(second.training()).isEqualTo(first.training());
    assertThat(second.preprocessor()).isEqualTo(first.preprocessor());
    assertThat(second.split().trainingRows()).isEqualTo(first.split().trainingRows());
    assertThat(second.timeLimit()).isEqualTo(first.timeLimit());
  }

  @Test
  void givesTwoClassesOneOutputBehindSigmoidAndMoreTheirOwn() {
    PreparedJob two =
        prepare(
            "\"targets\": [\"alive\"], \"network\": {\"output\": {\"activation\": \"sigmoid\"}}");
    assertThat(two.network().outputs()).isEqualTo(1);
    assertThat(two.preprocessor().target())
        .isEqualTo(new TargetEncoder.Classes("alive", List.of("no", "yes"), true));
    PreparedJob three = prepare("\"network\": {\"output\": {\"activation\": \"sigmoid\"}}");
    assertThat(three.network().outputs()).isEqualTo(3);
    PreparedJob softmax = prepare("\"targets\": [\"alive\"]");
    assertThat(softmax.network().outputs()).isEqualTo(2);
    PreparedJob numbers = prepare("\"targets\": [\"wet\"], \"task\": \"classification\"");
    assertThat(numbers.preprocessor().target())
        .isEqualTo(new TargetEncoder.Classes("wet", List.of("0", "1"), false));
  }

  @Test
  void measuresWhatEarlyStoppingWatchesToo() {
    PreparedJob job =
        prepare(
            "\"training\": {\"metrics\": [\"logLoss\"], \"earlyStopping\": {\"metric\": \"macroF1\"}}");
    assertThat(SpecReader.tree(job.spec()).at("/training/metrics").toString())
        .isEqualTo("[\"logLoss\",\"macroF1\"]");
    assertThat(job.scoring().usual()).containsOnly(Metric.LOG_LOSS, Metric.MACRO_F1);
  }

  @Test
  void refusesToNormalizeASingleTrainingRowOverItsBatch() {
    String request =
        """
        {"dataset": {"inputs": [[1]], "targets": [[1]]},
         "network": {"hidden": [{"units": 2}, {"units": 2, "normalization": "%s"}]}}
        """;

    assertThat(refusal(request.formatted("batch")).errors())
        .extracting(InputError::pointer)
        .containsExactly("#/network/hidden/1/normalization");
    assertThat(planner.prepare(SpecReader.read(request.formatted("layer"))).network().layers())
        .hasSize(3);
  }

  @Test
  void limitsTheTimeAsToldWithinReason() {
    assertThat(prepare("\"training\": {\"stopWhen\": {\"seconds\": 1.5}}").timeLimit())
        .isEqualTo(Duration.ofMillis(1500));
    assertThat(prepare("\"training\": {\"stopWhen\": {\"seconds\": 1e300}}").timeLimit())
        .isEqualTo(Duration.ofSeconds(1_000_000_000));
    assertThat(prepare("").timeLimit()).isNull();
  }

  @Test
  void storesInlineDataAndNamesTheModelAfterThem() {
    PreparedJob job =
        planner.prepare(
            SpecReader.read(
                """
                {"dataset": {"name": "tiny", "inputs": [[0], [1]], "targets": [0, 1]}}
                """));
    assertThat(job.name()).isEqualTo("tiny");
    assertThat(job.spec().features()).containsExactly("x1");
    assertThat(job.spec().targets()).containsExactly("y1");
    assertThat(datasets.find(job.dataset().id())).isPresent();
    assertThat(datasets.opened()).isEqualTo(1);

    PreparedJob spaced =
        planner.prepare(
            SpecReader.read(
                """
                {"dataset": {"name": "two words", "inputs": [[0], [1]], "targets": [0, 1]}}
                """));
    assertThat(spaced.name()).as("a name that is no name of a model").isEqualTo("model");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusesWhatDoesNotFit(
      String name, String members, ProblemType type, List<String> pointers, String advice) {
    int stored = datasets.size();
    ProblemException problem = refusal("{%s, %s}".formatted(PLANTS, members));
    assertThat(problem.type()).isEqualTo(type);
    assertThat(problem.errors()).extracting(InputError::pointer).isEqualTo(pointers);
    assertThat(problem.errors()).extracting(InputError::detail).anyMatch(d -> d.contains(advice));
    assertThat(datasets.size()).isEqualTo(stored);
    assertThat(datasets.opened()).isZero();
  }

  static Stream<Arguments> refusesWhatDoesNotFit() {
    return Stream.of(
        misfit(
            "classification behind linear",
            "\"network\": {\"output\": {\"activation\": \"linear\"}}, \"training\": {\"loss\": \"categoricalCrossEntropy\"}",
            "#/training/loss",
            "does not work behind the output linear; one of: hinge"),
        misfit(
            "classification behind relu",
            "\"network\": {\"output\": {\"activation\": \"relu\"}}",
            "#/network/output/activation",
            "one of: softmax, sigmoid"),
        misfit(
            "multilabel behind softmax",
            "\"task\": \"multilabel\", \"targets\": [\"wet\"], \"network\": {\"output\": {\"activation\": \"softmax\"}}",
            "#/network/output/activation",
            "one of: sigmoid"),
        misfit(
            "regression behind softmax",
            "\"targets\": [\"height\"], \"network\": {\"output\": {\"activation\": \"softmax\"}}",
            "#/network/output/activation",
            "one of: linear, sigmoid, hardSigmoid, tanh, relu"),
        misfit(
            "binary cross-entropy behind softmax",
            "\"network\": {\"output\": {\"activation\": \"softmax\"}}, \"training\": {\"loss\": \"binaryCrossEntropy\"}",
            "#/training/loss",
            "the loss binaryCrossEntropy does not work behind the output softmax; one of: categoricalCrossEntropy, meanSquaredError"),
        misfit(
            "categorical cross-entropy behind sigmoid",
            "\"targets\": [\"alive\"], \"network\": {\"output\": {\"activation\": \"sigmoid\"}}, \"training\": {\"loss\": \"categoricalCrossEntropy\"}",
            "#/training/loss",
            "one of: binaryCrossEntropy, meanSquaredError"),
        misfit(
            "categorical cross-entropy for numbers",
            "\"targets\": [\"height\"], \"training\": {\"loss\": \"categoricalCrossEntropy\"}",
            "#/training/loss",
            "does not work behind the output linear; one of: meanSquaredError"),
        misfit(
            "binary cross-entropy for numbers beyond 1",
            "\"targets\": [\"height\"], \"network\": {\"output\": {\"activation\": \"sigmoid\"}}, \"training\": {\"loss\": \"binaryCrossEntropy\"}",
            "#/targets/0",
            "binaryCrossEntropy needs targets from 0 to 1, column 'height' has 1.0 to 8.0"),
        misfit(
            "numbers wanted of categories",
            "\"task\": \"regression\"",
            "#/dataset",
            "column 'kind' has categories, regression needs numbers"),
        misfit(
            "labels of other numbers than 0 and 1",
            "\"task\": \"multilabel\", \"targets\": [\"wet\", \"height\"]",
            "#/targets/1",
            "column 'height' has 2 in row 1"),
        misfit(
            "several classes at once",
            "\"targets\": [\"alive\", \"kind\"]",
            "#/targets",
            "classification has one target column, not 2"),
        misfit(
            "no class",
            "\"targets\": [], \"task\": \"classification\"",
            "#/targets",
            "classification has one target column, not 0"),
        misfit("no target", "\"targets\": []", "#/targets", "at least one target is needed"),
        misfit("no feature", "\"features\": []", "#/features", "at least one feature is needed"),
        misfit(
            "an unknown feature",
            "\"features\": [\"height\", \"hight\"]",
            "#/features/1",
            "there is no column 'hight'; the columns are height, wet, sunny, alive, kind"),
        misfit(
            "an unknown target",
            "\"targets\": [\"kin\"]",
            "#/targets/0",
            "there is no column 'kin'"),
        misfit(
            "a target among the features",
            "\"features\": [\"height\", \"kind\"]",
            "#/features/1",
            "column 'kind' is the target as well"),
        misfit(
            "a feature twice",
            "\"features\": [\"wet\", \"wet\"]",
            "#/features/1",
            "column 'wet' is named twice"),
        misfit(
            "a target twice",
            "\"targets\": [\"height\", \"height\"]",
            "#/targets/1",
            "column 'height' is named twice"),
        misfit(
            "a metric of two classes for three, one twice, and one of numbers",
            "\"training\": {\"metrics\": [\"rocAuc\", \"logLoss\", \"logLoss\", \"mape\"]}",
            List.of("#/training/metrics/0", "#/training/metrics/2", "#/training/metrics/3"),
            "there is no rocAuc of the task classification with 3 outputs of softmax; there is:"
                + " accuracy, balancedAccuracy, macroF1, logLoss"),
        misfit(
            "the accuracy of numbers",
            "\"targets\": [\"height\"], \"training\": {\"metrics\": [\"accuracy\"]}",
            "#/training/metrics/0",
            "there is no accuracy of the task regression with 1 output of linear; there is: rmse,"
                + " mae, r2, mape"),
        misfit(
            "early stopping by a metric of two classes for three",
            "\"training\": {\"metrics\": [], \"earlyStopping\": {\"metric\": \"rocAuc\"}}",
            "#/training/earlyStopping/metric",
            "there is no rocAuc of the task classification with 3 outputs of softmax; there is:"
                + " accuracy, balancedAccuracy, macroF1, logLoss"),
        misfit(
            "early stopping by an accuracy that nothing is validated for",
            "\"training\": {\"earlyStopping\": {\"metric\": \"validationAccuracy\"}}",
            "#/training/earlyStopping/metric",
            "give a validation, such as {\"fraction\": 0.2}, or watch the accuracy"),
        misfit(
            "early stopping by the area of one class",
            "\"targets\": [\"alive\"], \"validation\": {\"fraction\": 0.1}, \"training\": {\"earlyStopping\": {\"metric\": \"validationRocAuc\"}}",
            "#/training/earlyStopping/metric",
            "the validation rows have no rocAuc, which needs rows of both classes; watch something"
                + " else"),
        misfit(
            "weights of no column",
            "\"weights\": \"importance\"",
            "#/weights",
            "there is no column 'importance'; the columns are height, wet, sunny, alive, kind"),
        misfit(
            "weights that are a feature",
            "\"features\": [\"height\", \"wet\"], \"weights\": \"wet\"",
            "#/weights",
            "column 'wet' is a feature as well; a column of weights is neither feature nor target"),
        misfit(
            "weights that are the target",
            "\"targets\": [\"wet\"], \"weights\": \"wet\"",
            "#/weights",
            "column 'wet' is a target as well"),
        misfit(
            "categories for weights",
            "\"weights\": \"alive\"",
            "#/weights",
            "column 'alive' has categories, weights are numbers from 0 on"),
        misfit(
            "weights, metrics and class weights at once",
            "\"weights\": \"kind\", \"features\": [\"wet\"], \"training\": {\"metrics\": [\"r2\"], \"classWeights\": {\"oak\": 2}}",
            List.of("#/weights", "#/training/metrics/0", "#/training/classWeights/oak"),
            "column 'alive' has no class 'oak'; the classes are no, yes"),
        misfit(
            "a class that there is not",
            "\"training\": {\"classWeights\": {\"fern\": 2, \"oak/tree\": 2}}",
            "#/training/classWeights/oak~1tree",
            "column 'kind' has no class 'oak/tree'; the classes are fern, moss, palm"),
        misfit(
            "class weights of numbers",
            "\"targets\": [\"height\"], \"training\": {\"classWeights\": \"balanced\"}",
            "#/training/classWeights",
            "the rows of the task regression have no class each; leave it out, or name a column"),
        misfit(
            "class weights of several labels",
            "\"targets\": [\"wet\"], \"task\": \"multilabel\", \"training\": {\"classWeights\": {\"wet\": 2}}",
            "#/training/classWeights",
            "the rows of the task multilabel have no class each"),
        misfit(
            "classes that all count nothing",
            "\"targets\": [\"alive\"], \"training\": {\"classWeights\": {\"no\": 0, \"yes\": 0}}",
            "#/training/classWeights",
            "the weights of the training rows sum to 0; at least one of these rows has to count"),
        misfit(
            "lbfgs with another network in every epoch",
            "\"network\": {\"hidden\": [{\"units\": 2, \"dropout\": 0.5}]}, \"training\": {\"optimizer\": {\"type\": \"lbfgs\"}}",
            "#/network/hidden/0/dropout",
            "lbfgs learns from how the gradient changes"),
        misfit(
            "lbfgs with batch normalization",
            "\"network\": {\"hidden\": [{\"units\": 2, \"normalization\": \"batch\"}]}, \"training\": {\"optimizer\": {\"type\": \"lbfgs\"}}",
            "#/network/hidden/0/normalization",
            "take \"layer\", or another optimizer, such as adam"),
        misfit(
            "batch normalization of single rows",
            "\"network\": {\"hidden\": [{\"units\": 2, \"normalization\": {\"type\": \"batch\"}}]}, \"training\": {\"batchSize\": 1}",
            "#/training/batchSize",
            "needs batches of at least 2 rows, got 1"),
        misfit(
            "scales of another length",
            "\"targets\": [\"height\"], \"features\": [\"wet\"], \"network\": {\"hidden\": [{\"units\": 2, \"normalization\": \"layer\"}], \"initialParameters\": [{\"weights\": [[1, 1]], \"biases\": [0, 0], \"gamma\": [1, 1, 1]}, {\"weights\": [[1], [1]], \"biases\": [0]}]}",
            "#/network/initialParameters/0/gamma",
            "3 numbers, the layer has 2 units"),
        misfit(
            "a shift of the output",
            "\"targets\": [\"height\"], \"features\": [\"wet\"], \"network\": {\"hidden\": [], \"initialParameters\": [{\"weights\": [[1]], \"biases\": [0], \"beta\": [1]}]}",
            "#/network/initialParameters/0/beta",
            "only a hidden layer with normalization has gamma and beta"),
        misfit(
            "lbfgs with a largest norm",
            "\"training\": {\"optimizer\": {\"type\": \"lbfgs\"}, \"maxNorm\": 2.0}",
            "#/training/maxNorm",
            "take another optimizer, such as adam"),
        misfit(
            "lbfgs with noise",
            "\"training\": {\"optimizer\": {\"type\": \"lbfgs\"}, \"inputNoise\": 0.1}",
            "#/training/inputNoise",
            "take another optimizer, such as adam"),
        misfit(
            "softmax in a hidden layer",
            "\"network\": {\"hidden\": [{\"units\": 2}, {\"units\": 2, \"activation\": \"softmax\"}]}",
            "#/network/hidden/1/activation",
            "softmax is for the output layer only"),
        misfit(
            "nesterov without a momentum",
            "\"training\": {\"optimizer\": {\"type\": \"sgd\", \"nesterov\": true}}",
            "#/training/optimizer/nesterov",
            "nesterov needs a momentum above 0"),
        misfit(
            "a limit of another initializer",
            "\"network\": {\"initializer\": {\"type\": \"heNormal\", \"limit\": 2}}",
            "#/network/initializer/limit",
            "only the type uniform has a limit"),
        misfit(
            "an initializer beside given parameters",
            "\"network\": {\"hidden\": [], \"initializer\": {\"type\": \"uniform\"}, \"initialParameters\": []}",
            "#/network/initializer",
            "leave one of the two out"),
        misfit(
            "a validation that is no row",
            "\"validation\": {\"fraction\": 0.01}",
            "#/validation/fraction",
            "leaves no rows for validation: there are 8 rows"),
        misfit(
            "a validation that is every row",
            "\"validation\": {\"fraction\": 0.99}",
            "#/validation/fraction",
            "leaves no rows for training"),
        misfit(
            "parameters of too few layers",
            parameters("[{\"weights\": [[1], [1]], \"biases\": [1]}]"),
            "#/network/initialParameters",
            "parameters for 1 layers, the network has 2, the output included"),
        misfit(
            "weights with too few rows",
            parameters(layers("[[1]]", "[1]", "[[1]]", "[1]")),
            "#/network/initialParameters/0/weights",
            "1 rows, the layer has 2 inputs: weights are inputs × units"),
        misfit(
            "weights with rows of other lengths",
            parameters(layers("[[1], [1, 2]]", "[1]", "[[]]", "[1]")),
            List.of(
                "#/network/initialParameters/0/weights/1",
                "#/network/initialParameters/1/weights/0"),
            "2 numbers, the layer has 1 units"),
        misfit(
            "biases of another number",
            parameters(layers("[[1], [1]]", "[1, 2]", "[[1]]", "[]")),
            List.of("#/network/initialParameters/0/biases", "#/network/initialParameters/1/biases"),
            "2 numbers, the layer has 1 units"),
        arguments(
            "a learning rate that a 32-bit float rounds to 0",
            "\"training\": {\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 1e-50}}",
            ProblemType.INVALID_REQUEST,
            List.of("#/training/optimizer/learningRate"),
            "must be from 1e-30 to 1e30"),
        arguments(
            "an initializer beyond a 32-bit float",
            "\"network\": {\"initializer\": {\"type\": \"uniform\", \"limit\": 1e39}}",
            ProblemType.INVALID_REQUEST,
            List.of("#/network/initializer/limit"),
            "must be from 1e-30 to 1e30"),
        arguments(
            "mistakes of form and of meaning",
            """
            "epochs": 5, "targets": ["nothing"], "features": ["height", "height"],
            "network": {"hidden": [{"units": 0}, {"units": 1, "activation": "softmax"}]},
            "training": {"optimizer": {"type": "sgd", "nesterov": true}, "epochs": "ten"}
            """,
            ProblemType.INVALID_REQUEST,
            List.of(
                "#/training/epochs",
                "#/epochs",
                "#/network/hidden/0/units",
                "#/network/hidden/1/activation",
                "#/training/optimizer/nesterov",
                "#/features/1",
                "#/targets/0"),
            "there is no column 'nothing'"));
  }

  private static Arguments misfit(String name, String members, String pointer, String advice) {
    return misfit(name, members, List.of(pointer), advice);
  }

  private static Arguments misfit(
      String name, String members, List<String> pointers, String advice) {
    return arguments(name, members, ProblemType.INVALID_SPECIFICATION, pointers, advice);
  }

  /// For a network with 2 inputs, 1 hidden unit and 1 output.
  private static String parameters(String given) {
    return "\"targets\": [\"height\"], \"features\": [\"wet\", \"sunny\"], \"network\": {\"hidden\": [{\"units\": 1}], \"initialParameters\": %s}"
        .formatted(given);
  }

  private static String layers(String w1, String b1, String w2, String b2) {
    return "[{\"weights\": %s, \"biases\": %s}, {\"weights\": %s, \"biases\": %s}]"
        .formatted(w1, b1, w2, b2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusesDataThatItCannotHave(
      String name, String request, ProblemType type, List<String> pointers, String advice) {
    int stored = datasets.size();
    ProblemException problem = refusal(request);
    assertThat(problem.type()).isEqualTo(type);
    assertThat(problem.errors()).extracting(InputError::pointer).isEqualTo(pointers);
    assertThat(problem.errors()).extracting(InputError::detail).anyMatch(d -> d.contains(advice));
    assertThat(datasets.size()).isEqualTo(stored);
    assertThat(datasets.opened()).isZero();
  }

  static Stream<Arguments> refusesDataThatItCannotHave() {
    return Stream.of(
        arguments(
            "none",
            "{}",
            ProblemType.INVALID_REQUEST,
            List.of("#/dataset"),
            "a data set is needed: its id, or the data themselves"),
        arguments(
            "an id beside inline data",
            "{\"dataset\": {\"id\": \"ds_plants\", \"inputs\": [[1]], \"targets\": [1]}}",
            ProblemType.INVALID_SPECIFICATION,
            List.of("#/dataset"),
            "either an id or the data itself is needed"),
        arguments(
            "an unknown id, beside settings that do not fit",
            """
            {"dataset": {"id": "%s"},
             "network": {"hidden": [{"units": 1, "activation": "softmax"}]}}
            """
                .formatted("z".repeat(10_000)),
            ProblemType.INVALID_SPECIFICATION,
            List.of("#/network/hidden/0/activation", "#/dataset/id"),
            "there is no data set '" + "z".repeat(60) + "…' on this server"),
        arguments(
            "rows of unequal length",
            "{\"dataset\": {\"inputs\": [[1], [1, 2]], \"targets\": [1, 2]}}",
            ProblemType.INVALID_DATA,
            List.of("#/dataset/inputs/1"),
            "2"),
        arguments(
            "nothing to learn from",
            "{\"dataset\": {}}",
            ProblemType.INVALID_DATA,
            List.of("#/dataset"),
            "exactly one of inputs with targets, rows or generator is needed"),
        arguments(
            "one column",
            "{\"dataset\": {\"rows\": [{\"y\": 1}]}}",
            ProblemType.INVALID_SPECIFICATION,
            List.of("#/dataset"),
            "at least one feature is needed"),
        arguments(
            "one class",
            "{\"dataset\": {\"inputs\": [[1], [2]], \"targets\": [\"a\", \"a\"]}}",
            ProblemType.INVALID_SPECIFICATION,
            List.of("#/dataset"),
            "has one class only"));
  }

  @Test
  void shortensLongNamesInItsAnswers() {
    ProblemException problem =
        refusal("{%s, \"targets\": [\"%s\"]}".formatted(PLANTS, "n".repeat(60_000)));
    assertThat(problem.detail()).hasSizeLessThan(300).contains("nnn…");
    problem =
        refusal(
            "{%s, \"task\": \"regression\", \"targets\": [\"%2$s\", \"%2$s\"]}"
                .formatted(PLANTS, "n".repeat(60_000)));
    assertThat(problem.errors()).hasSize(3).allMatch(error -> error.detail().length() < 300);
  }

  @Test
  void leasesTheDatasetOfAJob() {
    PreparedJob job = prepare("");
    assertThat(job.dataset().id()).isEqualTo("ds_plants");
    assertThat(datasets.opened()).isEqualTo(1);
    assertThat(datasets.closed()).isZero();
    job.lease().close();
    assertThat(datasets.closed()).isEqualTo(1);
  }

  @Test
  void saysWhenTheDatasetIsDeletedMeanwhile() {
    FakeDatasets own =
        new FakeDatasets() {
          @Override
          public Lease lease(String id) {
            delete(id);
            return super.lease(id);
          }
        };
    own.save(datasets.find("ds_plants").orElseThrow());
    JobPlanner late = JobService.planner(own, JobService.properties(10));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> late.prepare(SpecReader.read("{%s}".formatted(PLANTS))))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.NOT_FOUND));
  }

  private PreparedJob prepare(String members) {
    return planner.prepare(
        SpecReader.read(
            members.isEmpty() ? "{" + PLANTS + "}" : "{%s, %s}".formatted(PLANTS, members)));
  }

  private ProblemException refusal(String request) {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class, () -> planner.prepare(SpecReader.read(request)));
    assertThat(problem).as("a refusal of %s", request.strip()).isNotNull();
    return problem;
  }
}
