package dev.backprop.model;

/// What the OpenAPI document shows.
final class ModelExamples {

  static final String MODEL =
      """
      {"name": "iris", "version": 1, "createdAt": "2026-01-01T10:00:00Z",
        "task": "classification", "parameterCount": 259,
        "spec": {"name": "iris", "dataset": {"id": "ds_01k0example"},
          "features": ["petal_length", "petal_width"], "targets": ["species"],
          "task": "classification", "preprocessing": {"standardize": true,
            "scaling": "standardize", "minCategoryCount": 1, "missing": "impute",
            "unseenCategory": "flag", "standardizeTargets": false},
          "network": {"hidden": [{"units": 32, "activation": "relu"}],
            "output": {"activation": "softmax"}, "initializer": {"type": "heUniform"}},
          "training": {"loss": "categoricalCrossEntropy",
            "optimizer": {"type": "adam", "learningRate": 0.001, "beta1": 0.9, "beta2": 0.999,
              "epsilon": 1e-8},
            "schedule": {"type": "constant"}, "epochs": 200, "batchSize": 32, "shuffle": true,
            "seed": 42, "stopWhen": null},
          "validation": {"fraction": 0.2}},
        "schema": {
          "features": [
            {"name": "petal_length", "type": "number", "minimum": 1.0, "maximum": 6.9,
             "scale": {"type": "standardize", "mean": 3.76, "standardDeviation": 1.77},
             "imputed": 3.76, "inputs": ["petal_length"]},
            {"name": "petal_width", "type": "number", "minimum": 0.1, "maximum": 2.5,
             "scale": {"type": "standardize", "mean": 1.2, "standardDeviation": 0.76},
             "imputed": 1.2, "inputs": ["petal_width"]}],
          "targets": ["species"], "labels": ["setosa", "versicolor", "virginica"]},
        "metrics": {"trainingLoss": 0.0617, "validationLoss": 0.0712, "trainingAccuracy": 0.9833,
          "validationAccuracy": 0.9667, "trainingBalancedAccuracy": 0.9829,
          "validationBalancedAccuracy": 0.9649, "trainingMacroF1": 0.983,
          "validationMacroF1": 0.9653, "trainingLogLoss": 0.0617, "validationLogLoss": 0.0712},
        "lineage": {"job": "job_01k0example",
          "datasetSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
          "seed": 42, "codeVersion": "0.1.0",
          "parametersSha256": "7e0ffc59f7302f3d2a03e70152f4ff69b1d4bc266d24096c00d090a0d3b48f29",
          "epochs": 200},
        "links": {"self": "/api/v1/models/iris/versions/1",
          "predict": "/api/v1/models/iris/versions/1/predict",
          "card": "/api/v1/models/iris/versions/1/card",
          "verify": "/api/v1/models/iris/versions/1/verify",
          "job": "/api/v1/jobs/job_01k0example"},
        "calibration": {"temperature": 1.37, "rows": 30,
          "negativeLogLikelihood": {"before": 0.0712, "after": 0.0689}}}
      """;

  static final String PAGE = "{\"data\": [" + MODEL + "], \"next\": null}";

  static final String ALIAS =
      """
      {"name": "champion", "version": 3, "since": "2026-01-02T10:00:00Z",
        "gate": {"dataset": "ds_01k0example", "metric": "accuracy", "atLeast": 0.9},
        "history": [{"version": 3, "since": "2026-01-02T10:00:00Z"},
          {"version": 1, "since": "2026-01-01T10:00:00Z"}],
        "links": {"self": "/api/v1/models/iris/aliases/champion",
          "model": "/api/v1/models/iris/versions/3",
          "predict": "/api/v1/models/iris/versions/champion/predict"}}
      """;

  static final String ALIASES = "{\"data\": [" + ALIAS + "], \"next\": null}";

  static final String GATE =
      """
      {"version": 3, "gate": {"dataset": "ds_01k0example", "metric": "accuracy", "atLeast": 0.9}}
      """;

  private ModelExamples() {}
}
