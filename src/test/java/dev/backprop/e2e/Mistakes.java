package dev.backprop.e2e;

import static dev.backprop.e2e.Mistake.alias;
import static dev.backprop.e2e.Mistake.csv;
import static dev.backprop.e2e.Mistake.data;
import static dev.backprop.e2e.Mistake.delete;
import static dev.backprop.e2e.Mistake.evaluate;
import static dev.backprop.e2e.Mistake.get;
import static dev.backprop.e2e.Mistake.job;
import static dev.backprop.e2e.Mistake.jobWith;
import static dev.backprop.e2e.Mistake.network;
import static dev.backprop.e2e.Mistake.patch;
import static dev.backprop.e2e.Mistake.post;
import static dev.backprop.e2e.Mistake.predict;
import static dev.backprop.e2e.Mistake.training;

import java.util.List;
import java.util.stream.Stream;

/// What callers get wrong. The data set has the columns `a`, `kind` (texts) and `y`; the model has
/// learned XOR from `x1` and `x2`.
final class Mistakes {

  private static final String REQUEST = "invalid-request";
  private static final String SPECIFICATION = "invalid-specification";
  private static final String DATA = "invalid-data";
  private static final String LIMIT = "limit-exceeded";
  private static final String MEDIA_TYPE = "unsupported-media-type";

  private Mistakes() {}

  static Stream<Mistake> all() {
    return Stream.of(
            settings(),
            networks(),
            tables(),
            files(),
            json(),
            predictions(),
            addresses(),
            modelFiles(),
            types(),
            plans(),
            keys(),
            steering(),
            aliases(),
            evaluations(),
            imports(),
            searches(),
            watching())
        .flatMap(List::stream);
  }

  private static List<Mistake> settings() {
    return List.of(
        training("a typo in a field", "\"optimizer\": {\"type\": \"sgd\", \"learningrat\": 0.2}")
            .gives(
                400,
                REQUEST,
                "#/training/optimizer/learningrat",
                "There is no field 'learningrat' here; did you mean 'learningRate'?"),
        jobWith("a field in the wrong place", "\"epochs\": 10")
            .gives(400, REQUEST, "#/epochs", "The fields are: dataset, features, name, network"),
        training(
                "a number beyond all floats",
                "\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 1e400}")
            .gives(400, REQUEST, "#/training/optimizer/learningRate", "1e400 is beyond the range"),
        training(
                "a learning rate below 0",
                "\"optimizer\": {\"type\": \"adam\", \"learningRate\": -0.1}")
            .gives(
                400,
                REQUEST,
                "#/training/optimizer/learningRate",
                "must be from 1e-30 to 1e30, got -0.1"),
        training(
                "text for a number",
                "\"optimizer\": {\"type\": \"sgd\", \"learningRate\": \"0.2\"}")
            .gives(
                400,
                REQUEST,
                "#/training/optimizer/learningRate",
                "expected a number, got the string \"0.2\""),
        training("an unknown optimizer", "\"optimizer\": {\"type\": \"rmsprop\"}")
            .gives(400, REQUEST, "#/training/optimizer/type", "did you mean 'rmsProp'?"),
        training("an optimizer without its type", "\"optimizer\": {\"learningRate\": 0.1}")
            .gives(
                400,
                REQUEST,
                "#/training/optimizer/type",
                "is required; one of: adaDelta, adaGrad, adam,"),
        training(
                "Nesterov without momentum",
                "\"optimizer\": {\"type\": \"sgd\", \"nesterov\": true}")
            .gives(422, SPECIFICATION, "#/training/optimizer/nesterov", "needs a momentum above 0"),
        training("no epochs", "\"epochs\": 0")
            .gives(400, REQUEST, "#/training/epochs", "at least 1 epoch, got 0"),
        training("a part of an epoch", "\"epochs\": 3.7")
            .gives(400, REQUEST, "#/training/epochs", "expected a whole number, got 3.7"),
        training("epochs over the limit", "\"epochs\": 1000000000")
            .gives(
                422,
                LIMIT,
                "#/training/epochs",
                "1,000,000,000 epochs; the limit of backprop.jobs.max-epochs is 10,000,000"),
        training("no threads", "\"threads\": 0")
            .gives(400, REQUEST, "#/training/threads", "at least 1 thread, got 0"),
        training("threads over the limit", "\"threads\": 5000")
            .gives(
                422,
                LIMIT,
                "#/training/threads",
                "5,000 threads; the limit of backprop.jobs.max-threads is 64"),
        training("a word for a batch size", "\"batchSize\": \"all\"")
            .gives(400, REQUEST, "#/training/batchSize", "or \"full\""),
        training("an unknown loss", "\"loss\": \"mse\"")
            .gives(400, REQUEST, "#/training/loss", "one of: meanSquaredError"),
        training("a loss that does not fit the output", "\"loss\": \"categoricalCrossEntropy\"")
            .gives(422, SPECIFICATION, "#/training/loss", "one of: meanSquaredError"),
        training("no time at all", "\"stopWhen\": {\"seconds\": 0}")
            .gives(400, REQUEST, "#/training/stopWhen/seconds", "must be above 0"),
        jobWith("validation rows without end", "\"validation\": {\"fraction\": 1.5}")
            .gives(400, REQUEST, "#/validation/fraction", "must be between 0 and 1, got 1.5"),
        jobWith("no validation rows", "\"validation\": {}")
            .gives(
                422,
                SPECIFICATION,
                "#/validation",
                "needs a fraction, such as 0.2, a column, a dataset or folds"),
        jobWith(
                "two kinds of validation rows",
                "\"validation\": {\"fraction\": 0.2, \"column\": \"kind\"}")
            .gives(
                422,
                SPECIFICATION,
                "#/validation",
                "takes one of fraction, column, dataset and folds, not a fraction and a column"),
        jobWith("more folds than rows", "\"validation\": {\"folds\": 4}")
            .gives(422, SPECIFICATION, "#/validation/folds", "3 rows make 2 to 3 folds, not 4"),
        jobWith("a single fold", "\"validation\": {\"folds\": 1}")
            .gives(400, REQUEST, "#/validation/folds", "at least 2 folds are needed, got 1"),
        jobWith("a column that does not split", "\"validation\": {\"column\": \"kind\"}")
            .gives(
                422,
                SPECIFICATION,
                "#/validation/column",
                "column 'kind' has 'red' in row 0 (counted from 0); train, training, false or 0 is"
                    + " for training; validation, valid, val, test, true or 1 for validation"),
        jobWith("a misspelled column that splits", "\"validation\": {\"column\": \"kin\"}")
            .gives(
                422,
                SPECIFICATION,
                "#/validation/column",
                "there is no column 'kin'; the columns are a, kind, y"),
        jobWith("validation in no data set", "\"validation\": {\"dataset\": \"ds_none\"}")
            .gives(
                422,
                SPECIFICATION,
                "#/validation/dataset",
                "there is no data set 'ds_none' on this server"),
        jobWith("validation in the same rows", "\"validation\": {\"dataset\": \"{dataset}\"}")
            .gives(
                422,
                SPECIFICATION,
                "#/validation/dataset",
                "has the rows that are trained with; give other rows, or a fraction"),
        jobWith("a name that is a path", "\"name\": \"../../etc/passwd\"")
            .gives(400, REQUEST, "#/name", "a letter or digit first"),
        jobWith("a priority that is none", "\"priority\": \"urgent\"")
            .gives(400, REQUEST, "#/priority", "one of: low, normal, high"),
        training("statistics in words", "\"layerStatistics\": \"yes\"")
            .gives(400, REQUEST, "#/training/layerStatistics", "true or false"),
        jobWith("a warm start from nothing", "\"warmStart\": {\"model\": \"nobody\"}")
            .gives(
                422,
                SPECIFICATION,
                "#/warmStart/model",
                "there is no model 'nobody' on this server; GET /api/v1/models lists"),
        jobWith(
                "a warm start with other data, in another network",
                """
                "warmStart": {"model": "{model}"},
                "network": {"hidden": [{"units": 5}], "initializer": {"type": "heNormal"}}""")
            .gives(422, SPECIFICATION, "", "5 errors, each with its place")
            .and("#/network/hidden/0/units", "5 units, model 'mistakes' version 1 has 32")
            .and("#/network/initializer", "so that nothing is drawn; leave initializer or")
            .and("#/dataset", "there is no column 'x1'; the columns are a, kind, y"),
        jobWith("a target column that is not there", "\"targets\": [\"species\"]")
            .gives(
                422,
                SPECIFICATION,
                "#/targets/0",
                "there is no column 'species'; the columns are a, kind, y"),
        jobWith("a feature that is not there", "\"features\": [\"a\", \"b\"]")
            .gives(422, SPECIFICATION, "#/features/1", "the columns are a, kind, y"),
        jobWith("a target among the features", "\"features\": [\"a\", \"y\"]")
            .gives(422, SPECIFICATION, "#/features/1", "column 'y' is the target as well"),
        jobWith("numbers of texts", "\"task\": \"regression\", \"targets\": [\"kind\"]")
            .gives(422, SPECIFICATION, "#/targets/0", "regression needs numbers"),
        jobWith(
                "two scalings",
                "\"preprocessing\": {\"standardize\": true, \"scaling\": \"robust\"}")
            .gives(
                422,
                SPECIFICATION,
                "#/preprocessing/standardize",
                "true contradicts the scaling robust; leave standardize out"),
        jobWith("a typo in a scaling", "\"preprocessing\": {\"scaling\": \"minmax\"}")
            .gives(400, REQUEST, "#/preprocessing/scaling", "did you mean 'minMax'?"),
        jobWith(
                "classes that are to be standardized",
                """
                "targets": ["kind"], "preprocessing": {"standardizeTargets": true}""")
            .gives(
                422,
                SPECIFICATION,
                "#/preprocessing/standardizeTargets",
                "is for regression with the output linear, this is classification"),
        job(
                "missing values where they are refused",
                """
                {"preprocessing": {"missing": "reject"}, "dataset": {"rows":
                  [{"x": 1, "y": 1}, {"x": null, "y": 2}]}}""")
            .gives(
                422,
                SPECIFICATION,
                "#/dataset",
                "column 'x' has 1 missing value, first in row 1 (counted from 0); leave those rows"
                    + " out, or set \"missing\" of preprocessing to \"impute\""),
        job(
                "a missing target",
                "{\"dataset\": {\"rows\": [{\"x\": 1, \"y\": 1}, {\"x\": 2, \"y\": null}]}}")
            .gives(
                422,
                SPECIFICATION,
                "#/dataset",
                "column 'y' has 1 missing value, first in row 1 (counted from 0); leave those rows"
                    + " out: only features can lack values"),
        training(
                "early stopping by a metric of another task",
                "\"earlyStopping\": {\"metric\": \"accuracy\"}")
            .gives(
                422,
                SPECIFICATION,
                "#/training/earlyStopping/metric",
                "there is no accuracy of the task regression with 1 output of linear; there is:"
                    + " rmse, mae, r2, mape"),
        training(
                "early stopping without what it watches",
                "\"earlyStopping\": {\"metric\": \"validationR2\"}")
            .gives(
                422,
                SPECIFICATION,
                "#/training/earlyStopping/metric",
                "give a validation, such as {\"fraction\": 0.2}, or watch the r2"),
        training("a mode that is none", "\"earlyStopping\": {\"mode\": \"auto\"}")
            .gives(400, REQUEST, "#/training/earlyStopping/mode", "one of: min, max"),
        training("a typo in a metric", "\"metrics\": [\"mae\", \"rmsee\"]")
            .gives(
                400,
                REQUEST,
                "#/training/metrics/1",
                "there is no metric 'rmsee'; did you mean 'rmse'?"),
        training("a metric of another task", "\"metrics\": [\"rocAuc\"]")
            .gives(
                422,
                SPECIFICATION,
                "#/training/metrics/0",
                "there is no rocAuc of the task regression with 1 output of linear; there is: rmse,"
                    + " mae, r2, mape"),
        training("a metric twice", "\"metrics\": [\"mae\", \"mae\"]")
            .gives(422, SPECIFICATION, "#/training/metrics/1", "mae is named twice"),
        job(
                "weights below 0",
                """
                {"weights": "a", "dataset": {"rows":
                  [{"x": 1, "a": 0.5, "y": 1}, {"x": 2, "a": -1, "y": 2}]}}""")
            .gives(
                422,
                SPECIFICATION,
                "#/weights",
                "column 'a' has -1 in row 1 (counted from 0), weights are numbers from 0 on"),
        jobWith("texts for weights", "\"weights\": \"kind\"")
            .gives(
                422,
                SPECIFICATION,
                "#/weights",
                "column 'kind' has categories, weights are numbers from 0 on"),
        jobWith("weights that are learned from", "\"features\": [\"a\"], \"weights\": \"a\"")
            .gives(422, SPECIFICATION, "#/weights", "column 'a' is a feature as well"),
        training("classes of numbers", "\"classWeights\": \"balanced\"")
            .gives(
                422,
                SPECIFICATION,
                "#/training/classWeights",
                "the rows of the task regression have no class each"),
        jobWith(
                "a class that is not there",
                "\"targets\": [\"kind\"], \"training\": {\"classWeights\": {\"green\": 2}}")
            .gives(
                422,
                SPECIFICATION,
                "#/training/classWeights/green",
                "column 'kind' has no class 'green'; the classes are"),
        training("an unknown word for class weights", "\"classWeights\": \"auto\"")
            .gives(
                400,
                REQUEST,
                "#/training/classWeights",
                "expected \"balanced\", \"none\", or an object with a number for each class"),
        training("a class weight below 0", "\"classWeights\": {\"red\": -1, \"blue\": \"2\"}")
            .gives(400, REQUEST, "#/training/classWeights/red", "must be from 0 to 1e30, got -1.0")
            .and(
                "#/training/classWeights/blue",
                "expected a number from 0 to 1e30, got the string \"2\""),
        jobWith(
                "several things at once",
                """
                "name": "", "network": {"hidden": [{"units": 0, "activation": "swish"}]},
                "training": {"epochs": 0, "optimizer": {"type": "sgd", "learningrat": 1}}""")
            .gives(400, REQUEST, "", "5 errors, each with its place")
            .and("#/name", "must be 1 to 100 letters")
            .and("#/network/hidden/0/units", "at least 1 unit, got 0")
            .and("#/network/hidden/0/activation", "linear, sigmoid, hardSigmoid, tanh, relu")
            .and("#/training/epochs", "at least 1 epoch")
            .and("#/training/optimizer/learningrat", "did you mean 'learningRate'?"));
  }

  private static List<Mistake> keys() {
    return List.of(
        post("an Idempotency-Key of two words", Api.JOBS, "{}", "Idempotency-Key", "two words")
            .gives(400, REQUEST, "", "in double quotes, such as"),
        post("an endless Idempotency-Key", Api.JOBS, "{}", "Idempotency-Key", "k".repeat(300))
            .gives(400, REQUEST, "", "1 to 255 printable ASCII characters"),
        post(
                "a mistake under a good Idempotency-Key",
                Api.DATASETS,
                "{\"generator\": {\"type\": \"xro\"}}",
                "Idempotency-Key",
                "\"mistake\"")
            .gives(422, DATA, "#/generator/type", "It is one of: xor, circles"));
  }

  private static List<Mistake> searches() {
    String rate = "\"/training/optimizer/learningRate\": {\"type\": \"logUniform\", ";
    return List.of(
        search("a search without a space", "\"validation\": {\"fraction\": 0.3}", "{}")
            .gives(400, REQUEST, "#/space", "takes 1 to 16 fields"),
        search(
                "a search without validation rows",
                "\"name\": \"a\"",
                "{" + rate + "\"min\": 1e-3, \"max\": 1}}")
            .gives(422, SPECIFICATION, "#/job/validation", "such as {\"fraction\": 0.2}"),
        search(
                "a range upside down, and a field that is no pointer",
                "\"validation\": {\"fraction\": 0.3}",
                "{"
                    + rate
                    + "\"min\": 1, \"max\": 0.1}, \"training.epochs\": {\"type\": \"choice\", \"values\": [1]}}")
            .gives(
                422,
                SPECIFICATION,
                "#/space/~1training~1optimizer~1learningRate/max",
                "must be greater than min")
            .and("#/space/training.epochs", "is no JSON Pointer to a field of the job"),
        search(
                "values that the job does not take",
                "\"validation\": {\"fraction\": 0.3}",
                "{"
                    + rate
                    + "\"min\": 1e-40, \"max\": 1e40}, \"/network/hidden/0/units\": {\"type\": \"choice\", \"values\": [8, \"many\", 0]}}")
            .gives(
                400,
                REQUEST,
                "#/space/~1training~1optimizer~1learningRate/min",
                "must be from 1e-30 to 1e30")
            .and("#/space/~1training~1optimizer~1learningRate/max", "must be from 1e-30 to 1e30")
            .and("#/space/~1network~1hidden~10~1units/values/1", "expected a whole number")
            .and("#/space/~1network~1hidden~10~1units/values/2", "at least 1"),
        search(
                "a field that no job has",
                "\"validation\": {\"fraction\": 0.3}",
                "{\"/training/learningRate\": {\"type\": \"uniform\", \"min\": 0, \"max\": 1}}")
            .gives(
                400,
                REQUEST,
                "#/space/~1training~1learningRate/min",
                "There is no field 'learningRate' here"),
        search(
                "another data set for each trial",
                "\"validation\": {\"fraction\": 0.3}",
                "{\"/dataset/id\": {\"type\": \"choice\", \"values\": [\"ds_1\"]}}")
            .gives(422, SPECIFICATION, "#/space/~1dataset~1id", "is the same for all trials"),
        search(
                "a mistake in the job of a search",
                "\"validation\": {\"fraction\": 0.3}, \"features\": [\"x9\"]",
                "{" + rate + "\"min\": 1e-3, \"max\": 1}}")
            .gives(422, SPECIFICATION, "#/job/features/0", "x9"),
        search(
                "a mistake in the form of the job of a search",
                "\"validation\": {\"fraction\": 0.3}, \"trainig\": {}",
                "{" + rate + "\"min\": 1e-3, \"max\": 1}}")
            .gives(400, REQUEST, "#/job/trainig", "did you mean 'training'?"),
        post(
                "a metric of the training rows, and one that there is not",
                "/api/v1/searches",
                SEARCH
                    .formatted(
                        "\"validation\": {\"fraction\": 0.3}",
                        "{" + rate + "\"min\": 1e-3, \"max\": 1}}")
                    .replace("{\"job\"", "{\"metric\": \"accuracy\", \"job\""))
            .gives(
                422, SPECIFICATION, "#/metric", "trials are ranked by one of the validation rows"),
        post(
                "a metric that a regression has not",
                "/api/v1/searches",
                SEARCH
                    .formatted(
                        "\"validation\": {\"fraction\": 0.3}",
                        "{" + rate + "\"min\": 1e-3, \"max\": 1}}")
                    .replace("{\"job\"", "{\"metric\": \"validationAccuracy\", \"job\""))
            .gives(422, SPECIFICATION, "#/metric", "have no accuracy; they have rmse"),
        post(
                "more trials than may be",
                "/api/v1/searches",
                SEARCH
                    .formatted(
                        "\"validation\": {\"fraction\": 0.3}",
                        "{" + rate + "\"min\": 1e-3, \"max\": 1}}")
                    .replace("{\"job\"", "{\"budget\": {\"trials\": 100000}, \"job\""))
            .gives(422, LIMIT, "#/budget/trials", "at most 1000 may be tried"),
        search(
                "dimensions without values, of no known type, and of nothing",
                "\"validation\": {\"fraction\": 0.3}",
                "{\"/a\": {\"type\": \"choice\", \"values\": []}, \"/b\": {\"type\": \"uniform\", \"min\": 1}, \"/c\": {\"type\": \"uniformly\"}, \"/d\": null}")
            .gives(400, REQUEST, "#/space/~1a/values", "takes 1 to 64 values")
            .and("#/space/~1b/max", "is needed")
            .and("#/space/~1c/type", "did you mean 'uniform'?")
            .and("#/space/~1d", "needs the values to try"),
        search(
                "a dimension of nothing",
                "\"validation\": {\"fraction\": 0.3}",
                "{\"/training/batchSize\": null}")
            .gives(422, SPECIFICATION, "#/space/~1training~1batchSize", "needs the values to try"),
        get("a search that is not there", "/api/v1/searches/search_1")
            .gives(404, "not-found", "", "There is no search 'search_1'"));
  }

  private static final String SEARCH =
      "{\"job\": {\"dataset\": {\"id\": \"{dataset}\"}, \"training\": {\"optimizer\": {\"type\": \"adam\"}}, %s}, \"space\": %s}";

  private static Mistake search(String name, String job, String space) {
    return post(name, "/api/v1/searches", SEARCH.formatted(job, space));
  }

  private static List<Mistake> networks() {
    return List.of(
        network("a layer without units", "\"hidden\": [{}]")
            .gives(400, REQUEST, "#/network/hidden/0/units", "the number of units is needed"),
        network("softmax within", "\"hidden\": [{\"units\": 2, \"activation\": \"softmax\"}]")
            .gives(
                422,
                SPECIFICATION,
                "#/network/hidden/0/activation",
                "takes relu, tanh, sigmoid or linear"),
        network(
                "an unknown normalization",
                "\"hidden\": [{\"units\": 2, \"normalization\": \"bach\"}]")
            .gives(
                400,
                REQUEST,
                "#/network/hidden/0/normalization",
                "there is no normalization 'bach'; did you mean 'batch'? One of: none, batch,"
                    + " layer"),
        network(
                "a normalization without its type",
                "\"hidden\": [{\"units\": 2, \"normalization\": {\"momentum\": 0.1}}]")
            .gives(
                400,
                REQUEST,
                "#/network/hidden/0/normalization/type",
                "is required; one of: none, batch, layer"),
        network(
                "a normalization out of range",
                """
                "hidden": [{"units": 2, "normalization":
                  {"type": "batch", "momentum": 1.5, "epsilon": 0}}]""")
            .gives(
                400,
                REQUEST,
                "#/network/hidden/0/normalization/momentum",
                "momentum must be above 0 and at most 1, not 1.5")
            .and(
                "#/network/hidden/0/normalization/epsilon",
                "epsilon must be from 1e-12 to 1, not 0.0"),
        network(
                "the momentum of a layer normalization",
                """
                "hidden": [{"units": 2, "normalization": {"type": "layer", "momentum": 0.1}}]""")
            .gives(
                400,
                REQUEST,
                "#/network/hidden/0/normalization/momentum",
                "There is no field 'momentum' here. The fields are: type, epsilon"),
        jobWith(
                "batch normalization of single rows",
                """
                "network": {"hidden": [{"units": 2, "normalization": "batch"}]},
                "training": {"batchSize": 1}""")
            .gives(
                422,
                SPECIFICATION,
                "#/training/batchSize",
                "batch normalization needs batches of at least 2 rows, got 1: a single row has no"
                    + " variance; take more, such as 32, or the normalization \"layer\""),
        network(
                "gamma where nothing is normalized",
                """
                "hidden": [], "initialParameters": [
                  {"weights": [[1], [1], [1]], "biases": [0], "gamma": [1]}]""")
            .gives(
                422,
                SPECIFICATION,
                "#/network/initialParameters/0/gamma",
                "only a hidden layer with normalization has gamma and beta"),
        network(
                "too many layers",
                "\"hidden\": [" + "{\"units\": 1},".repeat(64) + "{\"units\": 1}]")
            .gives(400, REQUEST, "#/network/hidden", "at most 64 hidden layers"),
        network("a network of 3 GB", "\"hidden\": [{\"units\": 28000}, {\"units\": 28000}]")
            .gives(422, LIMIT, "#/network/hidden", "3.1 GB of parameters (784,168,001 numbers")
            .and("#/network/hidden", "the limit of backprop.jobs.max-parameters is 25,000,000"),
        network(
                "a product that an int takes for 0",
                "\"hidden\": [{\"units\": 65536}, {\"units\": 65536}]")
            .gives(
                422, LIMIT, "#/network/hidden", "65536 × 65536 units need 17.2 GB of parameters"),
        network(
                "initial parameters of another shape",
                """
                "hidden": [{"units": 2}], "initialParameters": [
                  {"weights": [[1, 2, 3], [1, 2]], "biases": [0]},
                  {"weights": [[1], [2]], "biases": [0]}]""")
            .gives(
                422,
                SPECIFICATION,
                "#/network/initialParameters/0/weights",
                "2 rows, the layer has 3 inputs: weights are inputs × units")
            .and("#/network/initialParameters/0/weights/0", "3 numbers, the layer has 2 units")
            .and("#/network/initialParameters/0/biases", "1 numbers, the layer has 2 units"),
        network(
                "initial parameters of too few layers",
                "\"initialParameters\": [{\"weights\": [[1], [2], [3]], \"biases\": [0]}]")
            .gives(
                422,
                SPECIFICATION,
                "#/network/initialParameters",
                "parameters for 1 layers, the network has 2, the output included"));
  }

  private static List<Mistake> tables() {
    return List.of(
        job("no data set", "{}").gives(400, REQUEST, "#/dataset", "its id, or the data themselves"),
        data("an unknown data set", "{\"id\": \"ds_01kbe3g6v4h8w2m5q9x7c1d0zr\"}")
            .gives(
                422,
                SPECIFICATION,
                "#/dataset/id",
                "there is no data set 'ds_01kbe3g6v4h8w2m5q9x7"),
        data("no id of a data set", "{\"id\": \"iris\"}")
            .gives(422, SPECIFICATION, "#/dataset/id", "there is no data set 'iris'"),
        data("a data set twice", "{\"id\": \"{dataset}\", \"inputs\": [[0]], \"targets\": [[1]]}")
            .gives(422, SPECIFICATION, "#/dataset", "either an id or the data itself is needed"),
        data(
                "a ragged row",
                "{\"inputs\": [[0, 0], [0, 1], [1], [1, 1]], \"targets\": [[0], [1], [1], [0]]}")
            .gives(422, DATA, "#/dataset/inputs/2", "row 2 has 1 value, the first row has 2"),
        data("too few targets", "{\"inputs\": [[0, 0], [0, 1]], \"targets\": [[0]]}")
            .gives(422, DATA, "#/dataset/targets", "targets has 1 rows, inputs has 2"),
        data("inputs alone", "{\"inputs\": [[0, 0]]}")
            .gives(422, DATA, "#/dataset/targets", "the targets that belong to them are missing"),
        data("infinity among the data", "{\"inputs\": [[0, 1e400]], \"targets\": [[0]]}")
            .gives(422, DATA, "#/dataset/inputs/0/1", "beyond a 32-bit float"),
        data("text among the numbers", "{\"inputs\": [[0, \"one\"]], \"targets\": [[0]]}")
            .gives(422, DATA, "#/dataset/inputs/0/1", "a number is expected, not the text 'one'"),
        data("no rows", "{\"inputs\": [], \"targets\": []}")
            .gives(422, DATA, "#/dataset/inputs", "there are no rows"),
        data("an unknown generator", "{\"generator\": {\"type\": \"spiral\"}}")
            .gives(422, DATA, "#/dataset/generator/type", "did you mean 'spirals'?"),
        post(
                "a generator of nothing",
                Api.DATASETS,
                "{\"generator\": {\"type\": \"xor\", \"rows\": 0}}")
            .gives(422, DATA, "#/generator/rows", "at least 1 is needed"),
        post(
                "a generator of one class alone, with noise below nothing",
                Api.DATASETS,
                "{\"generator\": {\"type\": \"moons\", \"rows\": 1, \"noise\": -0.1}}")
            .gives(422, DATA, "#/generator/rows", "rows is 1, at least 2 are needed")
            .and("#/generator/noise", "noise is -0.1, a number from 0 to 1e6 is expected"),
        post(
                "more generated rows than are allowed",
                Api.DATASETS,
                "{\"generator\": {\"type\": \"waves\", \"rows\": 10000001}}")
            .gives(
                422,
                DATA,
                "#/generator/rows",
                "rows is 10000001, the limit of backprop.datasets.max-rows is 10000000"));
  }

  private static List<Mistake> files() {
    return List.of(
        csv("ragged lines", "", "a,b,c\n1,2,3\n1,2\n4,5,6\n1,2,3,4\n")
            .gives(422, DATA, "line 3", "line 3 has 2 fields, the header has 3")
            .and("line 5", "line 5 has 4 fields, the header has 3"),
        csv("an empty file", "", "").gives(422, DATA, "line 1", "the file is empty"),
        csv("a header alone", "", "a,b\n")
            .gives(422, DATA, "line 1", "the file has a header but no rows"),
        csv("infinity in a file", "", "a,b\n1,2\n1e400,3\n")
            .gives(422, DATA, "line 3, column a", "beyond a 32-bit float"),
        csv("a column twice", "", "a,a\n1,2\n")
            .gives(422, DATA, "line 1", "the header has the column 'a' twice"),
        csv("a quote left open", "", "a,b\n1,\"2\n3,4\n")
            .gives(422, DATA, "line 2, column b", "is not closed"),
        csv("text in a column declared as numbers", "?types=a:number", "a,b\n1,2\nx,3\n")
            .gives(422, DATA, "line 3, column a", "'x' is not a number"),
        csv("text after a thousand numbers", "", "a,b\n" + "1,2\n".repeat(1500) + "x,3\n")
            .gives(422, DATA, "line 1502, column a", "send ?types=a:category"),
        csv("a type of no column", "?types=z:category", "a,b\n1,2\n")
            .gives(422, DATA, "#/types", "'z', which is no column of the file"),
        csv("an unknown type", "?types=a:text", "a,b\n1,2\n")
            .gives(
                400, REQUEST, "#/types", "number, category, boolean, date or ignored is expected"),
        csv("an unknown delimiter", "?delimiter=x", "a,b\n1,2\n")
            .gives(400, REQUEST, "#/delimiter", "one of , ; |"),
        csv("an unknown encoding", "?encoding=latin1&onBadRows=drop", "a,b\n1,2\n")
            .gives(400, REQUEST, "#/encoding", "one of utf-8, utf-16le, utf-16be, iso-8859-1,")
            .and("#/onBadRows", "one of refuse and skip is expected"),
        csv("bad rows that could be left out", "", "a,b\n1,2\n3\n4\n")
            .gives(422, DATA, "", "2 errors, each with its place; to leave out the bad rows send"),
        csv("bad rows alone", "?onBadRows=skip", "a,b\n3\n")
            .gives(422, DATA, "", "none of the 1 rows can be taken"),
        csv("a file over the limit", "", "a,b\n" + "1,2\n".repeat(300_000))
            .gives(413, "payload-too-large", "", "backprop.datasets.max-upload"));
  }

  private static List<Mistake> json() {
    return List.of(
        job("no body", "").gives(400, REQUEST, "", "A body is needed here"),
        job("no JSON", "{\"dataset\":\n  {\"inputs\": [[0,,1]]}}")
            .gives(400, REQUEST, "#", "at line 2, column 18: unexpected ','"),
        job("half of the JSON", "{\"dataset\": {")
            .gives(400, REQUEST, "#", "the text ends before the value is complete"),
        job("a key twice", "{\"name\": \"a\",\n \"name\": \"b\"}")
            .gives(400, REQUEST, "#", "line 2, column")
            .and("#", "the field 'name' is given twice"),
        training("NaN", "\"stopWhen\": {\"seconds\": NaN}")
            .gives(400, REQUEST, "#", "'NaN' is not a JSON value"),
        job("an array for the object", "[]")
            .gives(400, REQUEST, "#", "expected an object, got an array"),
        job("arrays without end", "{\"dataset\": {\"inputs\": " + "[".repeat(100_000))
            .gives(400, REQUEST, "#", "nested 32 deep"),
        job("a body over the limit", "{\"name\": \"" + "x".repeat(600_000) + "\"}")
            .gives(413, "payload-too-large", "", "backprop.http.max-json-body"));
  }

  private static List<Mistake> predictions() {
    return List.of(
        predict("neither inputs nor rows", "{}")
            .gives(422, DATA, "#", "{\"inputs\": [[…]]} or {\"rows\": [{…}]}"),
        predict("both inputs and rows", "{\"inputs\": [[0, 1]], \"rows\": [{\"x1\": 0}]}")
            .gives(422, DATA, "#", "leave one of the two out"),
        predict("a typo in a prediction", "{\"input\": [[0, 1]]}")
            .gives(400, REQUEST, "#/input", "did you mean 'inputs'?"),
        predict("nothing to predict", "{\"inputs\": []}")
            .gives(422, DATA, "#/inputs", "there are no rows"),
        predict("no array of rows", "{\"inputs\": 3}")
            .gives(400, REQUEST, "#/inputs", "expected an array, got 3"),
        predict("a row that is no array", "{\"inputs\": [[0, 1], 3]}")
            .gives(400, REQUEST, "#/inputs/1", "expected an array, got 3"),
        predict("a row that is no object", "{\"rows\": [{\"x1\": 0}, [0, 1]]}")
            .gives(400, REQUEST, "#/rows/1", "expected an object, got an array"),
        predict("too many rows", "{\"inputs\": [" + "[0, 1],".repeat(10_000) + "[1, 1]]}")
            .gives(
                422,
                DATA,
                "#/inputs",
                "10001 rows; the limit of backprop.inference.max-rows is 10000"),
        post("an unknown model", Api.MODELS + "/nobody/predict", "{\"inputs\": [[0, 1]]}")
            .gives(404, "not-found", "", "There is no model 'nobody'"),
        post(
                "an unknown version",
                Api.MODELS + "/{model}/versions/99999/predict",
                "{\"inputs\": [[0, 1]]}")
            .gives(404, "not-found", "", "version 99999"),
        post(
                "a typo in the query",
                Api.MODELS + "/{model}/predict?topk=3",
                "{\"inputs\": [[0, 1]]}")
            .gives(400, REQUEST, "#/topk", "did you mean 'topK'?"),
        post("no classes at all", Api.MODELS + "/{model}/predict?topK=0", "{\"inputs\": [[0, 1]]}")
            .gives(400, REQUEST, "#/topK", "a whole number from 1 on is expected"),
        post(
                "a threshold in percent",
                Api.MODELS + "/{model}/predict?threshold=50",
                "{\"inputs\": [[0, 1]]}")
            .gives(400, REQUEST, "#/threshold", "a number from 0 to 1 is expected"),
        post(
                "classes of a regression",
                Api.MODELS + "/{model}/predict?topK=2&threshold=0.3",
                "{\"inputs\": [[0, 1]]}")
            .gives(422, SPECIFICATION, "#/topK", "the model gives numbers; leave it out")
            .and("#/threshold", "the model gives numbers; leave it out"));
  }

  private static List<Mistake> modelFiles() {
    String export = Api.MODELS + "/{model}/export";
    String[] zip = {"Content-Type", "application/zip"};
    return List.of(
        get("no format of an export", export).gives(400, REQUEST, "", "format"),
        get("an unknown format of an export", export + "?format=pickle")
            .gives(400, REQUEST, "", "takes one of zip, json, java, javascript, python, c"),
        get("the file of an unknown model", Api.MODELS + "/nobody/export?format=zip")
            .gives(404, "not-found", "", "no model 'nobody'"),
        get("the file of an unknown version", Api.MODELS + "/{model}/versions/99/export?format=zip")
            .gives(404, "not-found", "", "version 99"),
        post("a model file that is none", Api.MODELS + "/import?name=x", "a,b\n1,2\n", zip)
            .gives(422, "invalid-model", "", "it does not begin as a zip does"),
        post("a model file that is empty", Api.MODELS + "/import", "", zip)
            .gives(422, "invalid-model", "", "it does not begin as a zip does"),
        post("a name that climbs", Api.MODELS + "/import?name=../x", "", zip)
            .gives(400, REQUEST, "", "a letter or digit first, got '../x'"),
        post("a model file without its type", Api.MODELS + "/import", "{}")
            .gives(415, MEDIA_TYPE, "", "application/zip"));
  }

  private static List<Mistake> watching() {
    String events = Api.JOBS + "/{job}/events";
    String[] live = {"Accept", EventSource.STREAM, "Last-Event-ID", ""};
    return List.of(
        get("the events of an unknown job", Api.JOBS + "/nobody/events")
            .gives(404, "not-found", "", "no job 'nobody'"),
        get("an unknown job live", Api.JOBS + "/nobody/events", "Accept", EventSource.STREAM)
            .gives(404, "not-found", "", "no job 'nobody'"),
        get("events after a word", events + "?after=yesterday")
            .gives(400, REQUEST, "", "'yesterday', which is no cursor of this list"),
        get("events after one that has not happened", events + "?after=999999999")
            .gives(400, REQUEST, "", "Send the last one that you have, or 0 for all."),
        get("too long a page of events", events + "?limit=1000")
            .gives(400, REQUEST, "", "a whole number from 1 to 100 is expected"),
        get("a Last-Event-ID that is no number", events, last(live, "abc"))
            .gives(400, REQUEST, "", "The header Last-Event-ID is 'abc', which is no event"),
        get("a Last-Event-ID below 0", events, last(live, "-1"))
            .gives(400, REQUEST, "", "The header Last-Event-ID is '-1', which is no event"),
        get("a Last-Event-ID of another job", events, last(live, "999999999"))
            .gives(400, REQUEST, "", "its events have numbers from 1 to"),
        jobWith("a webhook where there are none", "\"webhook\": {\"url\": \"https://a.org/\"}")
            .gives(422, SPECIFICATION, "#/webhook/url", "backprop.webhooks.allowed-hosts"),
        jobWith("a webhook without its address", "\"webhook\": {}")
            .gives(400, REQUEST, "#/webhook/url", "the URL to post to is needed"),
        jobWith("a webhook by another name", "\"webhook\": {\"uri\": \"https://a.org/\"}")
            .gives(400, REQUEST, "#/webhook/uri", "There is no field 'uri' here")
            .and("#/webhook/url", "the URL to post to is needed"));
  }

  private static String[] last(String[] headers, String id) {
    String[] all = headers.clone();
    all[all.length - 1] = id;
    return all;
  }

  private static List<Mistake> addresses() {
    String missing = "not-found";
    return List.of(
        get("an unknown job", Api.JOBS + "/nobody").gives(404, missing, "", "no job 'nobody'"),
        get("the losses of an unknown job", Api.JOBS + "/nobody/loss")
            .gives(404, missing, "", "no job 'nobody'"),
        post("the end of an unknown job", Api.JOBS + "/nobody/cancel", "")
            .gives(404, missing, "", "no job 'nobody'"),
        delete("nothing to forget", Api.JOBS + "/nobody")
            .gives(404, missing, "", "no job 'nobody'"),
        get("another unknown data set", Api.DATASETS + "/nobody")
            .gives(404, missing, "", "no data set 'nobody'"),
        get("rows of an unknown data set", Api.DATASETS + "/nobody/rows")
            .gives(404, missing, "", "no data set 'nobody'"),
        delete("no data set to delete", Api.DATASETS + "/nobody")
            .gives(404, missing, "", "no data set 'nobody'"),
        get("another unknown model", Api.MODELS + "/nobody")
            .gives(404, missing, "", "no model 'nobody'"),
        get("versions of an unknown model", Api.MODELS + "/nobody/versions")
            .gives(404, missing, "", "no model 'nobody'"),
        get("another unknown version", Api.MODELS + "/{model}/versions/99999")
            .gives(404, missing, "", "version 99999"),
        delete("no version to delete", Api.MODELS + "/nobody/versions/1")
            .gives(404, missing, "", "nobody"),
        get("a version that is neither number nor alias", Api.MODELS + "/{model}/versions/last")
            .gives(404, missing, "", "version last"),
        get("an unknown path", "/api/v1/networks")
            .gives(404, missing, "", "/swagger-ui.html shows every path"),
        get("a page of nothing", Api.JOBS + "?limit=0")
            .gives(400, REQUEST, "", "a whole number from 1 to 100 is expected"),
        get("too long a page", Api.DATASETS + "?limit=101")
            .gives(400, REQUEST, "", "a whole number from 1 to 100 is expected"),
        get("a limit that is no number", Api.MODELS + "?limit=many")
            .gives(400, REQUEST, "", "a whole number from 1 to 100 is expected"),
        get("a cursor from elsewhere", Api.DATASETS + "?after=here")
            .gives(400, REQUEST, "", "send the 'next' of the page before"),
        get("a job cursor from elsewhere", Api.JOBS + "?after=zzz")
            .gives(400, REQUEST, "", "send the 'next' of the page before"),
        get("a version cursor from elsewhere", Api.MODELS + "/xor/versions?after=abc")
            .gives(400, REQUEST, "", "send the 'next' of the page before"),
        get("a cursor behind the last row", Api.DATASETS + "/{dataset}/rows?after=99")
            .gives(400, REQUEST, "", "send the 'next' of the page before"),
        get("points that are no number", Api.JOBS + "/{job}/loss?maxPoints=abc")
            .gives(400, REQUEST, "", "takes a whole number, not 'abc'"),
        get("too few points", Api.JOBS + "/{job}/loss?maxPoints=9")
            .gives(400, REQUEST, "#/maxPoints", "at least 10 are needed"),
        get("a path that climbs", "/api/v1/jobs/%2e%2e/models")
            .gives(400, REQUEST, "", "characters that are not taken"));
  }

  private static List<Mistake> types() {
    return List.of(
        post("XML", Api.DATASETS, "<table/>", "Content-Type", "application/xml")
            .gives(
                415,
                MEDIA_TYPE,
                "",
                "send application/json or application/jsonl or application/vnd.apache.parquet or"
                    + " application/x-arff or application/x-ndjson or multipart/form-data or text/csv"
                    + " or text/x-arff"),
        post("a job as CSV", Api.JOBS, "a,b\n1,2\n", "Content-Type", "text/csv")
            .gives(415, MEDIA_TYPE, "", "send application/json"),
        post(
                "a compressed file",
                Api.DATASETS,
                "a,b\n1,2\n",
                "Content-Type",
                "text/csv",
                "Content-Encoding",
                "br")
            .gives(415, MEDIA_TYPE, "", "send the file as it is, or packed by gzip"),
        get("a film of the losses", Api.JOBS + "/{job}/loss", "Accept", "video/mp4")
            .gives(
                406,
                "not-acceptable",
                "",
                "application/json or image/png or image/svg+xml or text/csv"),
        delete("all jobs", Api.JOBS).gives(405, "method-not-allowed", "", "use GET or POST"));
  }

  private static List<Mistake> imports() {
    String onnx = "application/onnx";
    String path = Api.MODELS + "/import";
    return List.of(
        post("a network without a name", path, "x", "Content-Type", onnx)
            .gives(400, REQUEST, "", "name"),
        post("a network under a bad name", path + "?name=-", "x", "Content-Type", onnx)
            .gives(400, REQUEST, "", "1 to 100 letters, digits"),
        post("CSV as ONNX", path + "?name=net", "a,b\n1,2\n", "Content-Type", onnx)
            .gives(422, "invalid-model", "", "no ONNX file"),
        post("nothing as ONNX", path + "?name=net", "", "Content-Type", onnx)
            .gives(422, "invalid-model", "", "no graph of nodes"),
        get("an export in no form that there is", Api.MODELS + "/{model}/export?format=pmml")
            .gives(400, REQUEST, "", "onnx"));
  }

  private static List<Mistake> plans() {
    String plan = Api.JOBS + ":plan";
    return List.of(
        post("a plan without data", plan, "{}")
            .gives(400, REQUEST, "#/dataset", "a data set is needed: its id, or the data"),
        post(
                "a typo in a plan",
                plan,
                "{\"dataset\": {\"id\": \"{dataset}\"}, \"training\": {\"epoch\": 5}}")
            .gives(400, REQUEST, "#/training/epoch", "did you mean 'epochs'?"),
        post(
                "a plan for a column that is not there",
                plan,
                "{\"dataset\": {\"id\": \"{dataset}\"}, \"targets\": [\"z\"]}")
            .gives(422, SPECIFICATION, "#/targets/0", "'z'"),
        post(
                "a plan that no server could bear",
                plan,
                """
                {"dataset": {"id": "{dataset}"},
                 "network": {"hidden": [{"units": 65536}, {"units": 65536}]}}""")
            .gives(422, LIMIT, "#/network/hidden", "17.2 GB"),
        post("a plan with ragged rows", plan, "{\"dataset\": {\"inputs\": [[1, 2], [3]]}}")
            .gives(422, DATA, "#/dataset/inputs/1", "2"),
        get("a plan without a body", plan).gives(405, "method-not-allowed", "", "use POST"));
  }

  /// Of a job that has ended.
  private static List<Mistake> steering() {
    String job = Api.JOBS + "/{job}";
    return List.of(
        patch("a change of a job that has ended", job, "{\"training\": {\"epochs\": 50}}")
            .gives(409, "conflict", "", "has no epoch left"),
        patch("a change of a state that is gone", job, "{}", "If-Match", "\"old\"")
            .gives(412, "precondition-failed", "", "If-Match asks for another state"),
        patch("a change that is no object", job, "[]")
            .gives(400, REQUEST, "#", "a JSON merge patch"),
        patch("a change in XML", job, "<epochs/>", "Content-Type", "application/xml")
            .gives(415, MEDIA_TYPE, "", "application/merge-patch+json"),
        post("a pause of a job that is not there", Api.JOBS + "/job_none/pause", "")
            .gives(404, "not-found", "", "There is no job 'job_none'"),
        post("a fork with a typo", job + "/fork", "{\"training\": {\"epoch\": 5}}")
            .gives(400, REQUEST, "#/training/epoch", "did you mean 'epochs'?"),
        post(
                "a fork with another network",
                job + "/fork",
                "{\"network\": {\"hidden\": [{\"units\": 99}]}, \"warmStart\": {\"model\": \"x\"}}")
            .gives(
                422, SPECIFICATION, "#/network/hidden/0/units", "post a new job in place of a fork")
            .and("#/warmStart", "a fork starts from its job"),
        post("a fork with a patch that is no JSON", job + "/fork", "{")
            .gives(400, REQUEST, "#", "not well-formed JSON"));
  }

  private static List<Mistake> aliases() {
    String missing = "not-found";
    String gate = "{\"version\": 1, \"gate\": {\"dataset\": \"{dataset}\", ";
    return List.of(
        alias("an alias that is a number", "7", "{\"version\": 1}")
            .gives(400, REQUEST, "#", "a letter first"),
        alias("an alias that is always there", "newest", "{\"version\": 1}")
            .gives(400, REQUEST, "#", "'newest' always is the newest version"),
        alias("a word that might be", "latest", "{\"version\": 1}")
            .gives(400, REQUEST, "#", "such as 'champion'"),
        alias("an alias of nothing", "stable", "{}")
            .gives(400, REQUEST, "#/version", "the number of a version is needed"),
        alias("an alias of a text", "stable", "{\"version\": \"1\"}")
            .gives(400, REQUEST, "#/version", "expected a whole number"),
        alias("an alias of a version that is not there", "stable", "{\"version\": 99999}")
            .gives(422, SPECIFICATION, "#/version", "has no version 99999; its newest is"),
        alias("a gate without a bound", "stable", gate + "\"metric\": \"mae\"}}")
            .gives(400, REQUEST, "#/gate", "needs atLeast, such as 0.9, or atMost"),
        alias(
                "a gate with two bounds",
                "stable",
                gate + "\"metric\": \"mae\", \"atLeast\": 0, \"atMost\": 1}}")
            .gives(400, REQUEST, "#/gate", "not both"),
        alias(
                "a gate of an unknown metric",
                "stable",
                gate + "\"metric\": \"accurracy\", \"atLeast\": 0.9}}")
            .gives(400, REQUEST, "#/gate/metric", "did you mean 'accuracy'?"),
        alias(
                "a gate on a data set that does not fit",
                "stable",
                gate + "\"metric\": \"mae\", \"atMost\": 1}}")
            .gives(422, SPECIFICATION, "#/gate/dataset", "there is no column 'x1'"),
        alias(
                "a gate on no data set",
                "stable",
                """
                {"version": 1, "gate": {"dataset": "nobody", "metric": "mae", "atMost": 1}}""")
            .gives(422, SPECIFICATION, "#/gate/dataset", "there is no data set 'nobody'"),
        alias("a change of what was never there", "never", "{\"version\": 1}", "If-Match", "\"a\"")
            .gives(412, "precondition-failed", "", "is not. Leave the header out"),
        get("an unknown alias", Api.MODELS + "/{model}/aliases/nobody")
            .gives(404, missing, "", "mistakes alias nobody"),
        get("aliases of an unknown model", Api.MODELS + "/nobody/aliases")
            .gives(404, missing, "", "no model 'nobody'"),
        delete("no alias to delete", Api.MODELS + "/{model}/aliases/nobody")
            .gives(404, missing, "", "alias nobody"),
        delete("no gate to take away", Api.MODELS + "/{model}/aliases/nobody/gate")
            .gives(404, missing, "", "alias nobody"));
  }

  private static List<Mistake> evaluations() {
    return List.of(
        evaluate("an evaluation without data", "{}")
            .gives(400, REQUEST, "#/dataset", "a data set is needed"),
        evaluate("an evaluation of a typo", "{\"dataset\": {\"id\": \"a\"}, \"metric\": \"mae\"}")
            .gives(400, REQUEST, "#/metric", "There is no field 'metric' here"),
        evaluate("an unknown data set to evaluate on", "{\"dataset\": {\"id\": \"nobody\"}}")
            .gives(422, SPECIFICATION, "#/dataset/id", "there is no data set 'nobody'"),
        evaluate("data of other columns to evaluate on", "{\"dataset\": {\"id\": \"{dataset}\"}}")
            .gives(422, SPECIFICATION, "#/dataset", "there is no column 'x1'")
            .and("#/dataset", "there is no column 'y1'"),
        evaluate("ragged rows to evaluate on", "{\"dataset\": {\"inputs\": [[1, 2], [3]]}}")
            .gives(422, DATA, "#/dataset/inputs/1", "2"),
        post(
                "an evaluation of an unknown version",
                Api.MODELS + "/{model}/versions/other/evaluate",
                "{\"dataset\": {\"id\": \"{dataset}\"}}")
            .gives(404, "not-found", "", "version other"),
        post("the proof of an unknown version", Api.MODELS + "/{model}/versions/9999/verify", "")
            .gives(404, "not-found", "", "version 9999"),
        get("the card of nobody", Api.MODELS + "/nobody/card", "Accept", "text/html")
            .gives(404, "not-found", "", "no model 'nobody'"),
        get("a card to hear", Api.MODELS + "/{model}/card", "Accept", "audio/ogg")
            .gives(406, "not-acceptable", "", "text/html or text/markdown"));
  }
}
