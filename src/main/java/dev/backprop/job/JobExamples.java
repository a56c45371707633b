package dev.backprop.job;

/// What the OpenAPI document shows.
final class JobExamples {

  static final String XOR =
      """
      {
        "name": "xor",
        "dataset": {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "targets": [[0], [1], [1], [0]]},
        "network": {
          "hidden": [{"units": 2, "activation": "sigmoid"}],
          "output": {"activation": "sigmoid"},
          "initializer": {"type": "uniform", "limit": 1.0}
        },
        "training": {
          "loss": "meanSquaredError",
          "optimizer": {"type": "sgd", "learningRate": 0.2},
          "epochs": 10000,
          "batchSize": "full",
          "seed": 42
        }
      }
      """;

  static final String STORED =
      """
      {"name": "iris", "dataset": {"id": "ds_01k0example"}, "validation": {"fraction": 0.2}}
      """;

  static final String WARM_START =
      """
      {
        "dataset": {"id": "ds_01k0example"},
        "warmStart": {"model": "iris", "version": 1},
        "training": {"epochs": 50, "optimizer": {"type": "adam", "learningRate": 0.0001}}
      }
      """;

  static final String FOLDS =
      """
      {"name": "iris", "dataset": {"id": "ds_01k0example"}, "validation": {"folds": 5}}
      """;

  private static final String SPEC =
      """
        "spec": {"name": "xor", "dataset": {"id": "ds_01k0example"}, "features": ["x1", "x2"],
          "targets": ["y1"], "task": "regression",
          "preprocessing": {"standardize": true, "scaling": "standardize", "minCategoryCount": 1,
            "missing": "impute", "unseenCategory": "flag", "standardizeTargets": false},
          "network": {"hidden": [{"units": 2, "activation": "sigmoid", "dropout": 0.0,
              "normalization": "none"}],
            "output": {"activation": "sigmoid"},
            "initializer": {"type": "uniform", "limit": 1.0}},
          "training": {"loss": "meanSquaredError",
            "optimizer": {"type": "sgd", "learningRate": 0.2, "momentum": 0.0, "nesterov": false},
            "schedule": {"type": "constant"}, "epochs": 10000, "batchSize": "full",
            "shuffle": true, "seed": 42,
            "l1": 0.0, "l2": 0.0, "inputDropout": 0.0, "inputNoise": 0.0, "maxNorm": null,
            "gradientClipping": null, "stopWhen": null, "earlyStopping": null,
            "layerStatistics": false, "classWeights": "none", "metrics": ["rmse", "mae", "r2"],
            "threads": 1},
          "validation": null, "weights": null, "priority": "normal"},
      """;

  private static final String DATASET =
      """
        "dataset": {"id": "ds_01k0example",
          "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
      """;

  static final String QUEUED =
      """
      {"id": "job_01k0example", "name": "xor", "status": "queued", "stopReason": null,
        "createdAt": "2026-01-01T10:00:00Z", "estimatedStart": "2026-01-01T10:00:03Z",
        "startedAt": null, "finishedAt": null, "estimatedFinish": null, "queuePosition": 1,
        "progress": {"epoch": 0, "epochs": 10000, "fraction": 0.0, "samplesPerSecond": null},
        "latest": null, "best": null, "model": null, "error": null,
      """
          + SPEC
          + DATASET
          + """
            "links": {"self": "/api/v1/jobs/job_01k0example",
              "loss": "/api/v1/jobs/job_01k0example/loss",
              "events": "/api/v1/jobs/job_01k0example/events", "model": null, "predict": null}}
          """;

  static final String FINISHED =
      """
      {"id": "job_01k0example", "name": "xor", "status": "succeeded", "stopReason": "epochs",
        "createdAt": "2026-01-01T10:00:00Z", "estimatedStart": null,
        "startedAt": "2026-01-01T10:00:00.001Z",
        "finishedAt": "2026-01-01T10:00:00.025Z", "estimatedFinish": null, "queuePosition": null,
        "progress": {"epoch": 10000, "epochs": 10000, "fraction": 1.0,
          "samplesPerSecond": 1723415.2},
        "latest": {"epoch": 10000, "trainingLoss": 0.0026, "validationLoss": null,
          "learningRate": 0.2, "metrics": {"rmse": 0.051, "mae": 0.0505, "r2": 0.9896}},
        "best": {"epoch": 10000, "trainingLoss": 0.0026, "validationLoss": null,
          "metrics": {"rmse": 0.051, "mae": 0.0505, "r2": 0.9896}},
        "model": {"name": "xor", "version": 1}, "error": null,
      """
          + SPEC
          + DATASET
          + """
            "links": {"self": "/api/v1/jobs/job_01k0example",
              "loss": "/api/v1/jobs/job_01k0example/loss",
              "events": "/api/v1/jobs/job_01k0example/events",
              "model": "/api/v1/models/xor/versions/1",
              "predict": "/api/v1/models/xor/versions/1/predict"}}
          """;

  static final String PATCH =
      """
      {"training": {"optimizer": {"learningRate": 0.05}, "epochs": 20000,
        "earlyStopping": {"patience": 500}, "stopWhen": null}}
      """;

  static final String FORK =
      """
      {"name": "xor-fine", "training": {"optimizer": {"learningRate": 0.02}, "epochs": 1000}}
      """;

  static final String PAUSED =
      """
      {"id": "job_01k0example", "name": "xor", "status": "paused", "stopReason": null,
        "createdAt": "2026-01-01T10:00:00Z", "estimatedStart": null,
        "startedAt": "2026-01-01T10:00:00.001Z",
        "finishedAt": null, "estimatedFinish": null, "queuePosition": null,
        "progress": {"epoch": 420, "epochs": 10000, "fraction": 0.042,
          "samplesPerSecond": 1723415.2},
        "latest": {"epoch": 420, "trainingLoss": 0.2431, "validationLoss": null,
          "learningRate": 0.2, "metrics": {"rmse": 0.493, "mae": 0.4861, "r2": 0.0276}},
        "best": {"epoch": 420, "trainingLoss": 0.2431, "validationLoss": null,
          "metrics": {"rmse": 0.493, "mae": 0.4861, "r2": 0.0276}},
        "model": null, "error": null,
      """
          + SPEC
          + """
              "changes": [
                {"epoch": 101, "patch": {"training": {"optimizer": {"learningRate": 0.2}}}}],
            """
          + DATASET
          + """
            "links": {"self": "/api/v1/jobs/job_01k0example",
              "loss": "/api/v1/jobs/job_01k0example/loss", "model": null, "predict": null}}
          """;

  static final String PAGE = "{\"data\": [" + FINISHED + "], \"next\": null}";

  static final String CURVE =
      """
      {"epoch": [1, 5000, 10000], "trainingLoss": [0.2763, 0.2284, 0.0026],
        "validationLoss": null, "learningRate": [0.2, 0.2, 0.2],
        "metrics": {"rmse": [0.5256, 0.4779, 0.051], "mae": [0.5, 0.4662, 0.0505],
          "r2": [-0.1052, 0.0864, 0.9896]}}
      """;

  static final String CURVE_CSV =
      """
      epoch,trainingLoss,validationLoss,learningRate,rmse,mae,r2
      1,0.2763,,0.2,0.5256,0.5,-0.1052
      5000,0.2284,,0.2,0.4779,0.4662,0.0864
      10000,0.0026,,0.2,0.051,0.0505,0.9896
      """;

  static final String PLAN =
      "{"
          + SPEC
          + """
            "columns": [
              {"name": "x1", "type": "number", "role": "feature", "missing": 0,
                "min": 0.0, "max": 1.0, "mean": 0.5},
              {"name": "x2", "type": "number", "role": "feature", "missing": 0,
                "min": 0.0, "max": 1.0, "mean": 0.5},
              {"name": "y1", "type": "number", "role": "target", "missing": 0,
                "min": 0.0, "max": 1.0, "mean": 0.5}],
            "inputs": ["x1", "x2"], "trainingRows": 4, "validationRows": 0,
            "parameterCount": 9, "memoryBytes": 468,
            "secondsPerEpoch": 2.2e-6, "seconds": 0.022,
            "estimatedStart": "2026-01-01T10:00:00Z",
            "estimatedFinish": "2026-01-01T10:00:00.022Z",
            "baselines": {"measuredOn": "training", "rows": 4, "scores": [
              {"name": "mean", "metrics": {"rmse": 0.5, "mae": 0.5, "r2": 0.0}},
              {"name": "linearModel", "metrics": {"rmse": 0.5, "mae": 0.5, "r2": 0.0}}]}}
            """;

  private JobExamples() {}
}
