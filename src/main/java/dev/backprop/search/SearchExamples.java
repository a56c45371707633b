package dev.backprop.search;

/// What the OpenAPI document shows.
final class SearchExamples {

  static final String RANDOM =
      """
      {
        "name": "iris",
        "job": {"dataset": {"id": "ds_01k0example"}, "validation": {"fraction": 0.2}},
        "space": {
          "/training/optimizer": {"type": "choice", "values": [{"type": "adam"}, {"type": "nadam"}]},
          "/training/optimizer/learningRate": {"type": "logUniform", "min": 0.0001, "max": 0.1},
          "/network/hidden/0/units": {"type": "choice", "values": [8, 16, 32]},
          "/training/batchSize": {"type": "integer", "min": 8, "max": 64}
        },
        "strategy": {"type": "random"},
        "metric": "validationLoss",
        "budget": {"trials": 20, "seconds": 600},
        "seed": 7
      }
      """;

  static final String GRID =
      """
      {
        "name": "spirals",
        "job": {
          "dataset": {"generator": {"type": "spirals", "rows": 200, "noise": 0.05}},
          "training": {"epochs": 50, "optimizer": {"type": "adam"}},
          "validation": {"fraction": 0.2}
        },
        "space": {
          "/network/hidden/0/activation": {"type": "choice", "values": ["relu", "tanh"]},
          "/training/optimizer/learningRate":
            {"type": "logUniform", "min": 0.001, "max": 0.1, "steps": 3}
        },
        "strategy": {"type": "grid"},
        "metric": "validationAccuracy"
      }
      """;

  static final String HALVING =
      """
      {
        "name": "iris",
        "job": {"dataset": {"id": "ds_01k0example"}, "validation": {"fraction": 0.2},
          "training": {"epochs": 270, "optimizer": {"type": "adam"}}},
        "space": {
          "/training/optimizer/learningRate": {"type": "logUniform", "min": 0.0001, "max": 0.1},
          "/training/l2": {"type": "uniform", "min": 0, "max": 0.01}
        },
        "strategy": {"type": "successiveHalving", "factor": 3},
        "budget": {"trials": 27}
      }
      """;

  private static final String HEAD =
      """
      {"id": "search_01k0example", "name": "spirals",
      """;

  private static final String TRIAL =
      """
      {"rank": 1, "trial": 5, "values": {"/network/hidden/0/activation": "tanh",
        "/training/optimizer/learningRate": 0.01}, "status": "succeeded", "value": 0.975,
        "error": null, "job": "/api/v1/jobs/job_01k0example"}""";

  private static final String SPEC =
      """
      "spec": {"name": "spirals", "strategy": {"type": "grid"}, "metric": "validationAccuracy",
        "mode": "max", "budget": {"trials": 6}, "seed": 42, "parallel": 3}""";

  private static final String MODEL_LINKS =
      """
      "links": {"self": "/api/v1/searches/search_01k0example",
        "model": "/api/v1/models/spirals/versions/1",
        "predict": "/api/v1/models/spirals/versions/1/predict"}}
      """;

  private static final String ENDED_HEAD =
      HEAD
          + """
          "status": "succeeded", "stopReason": "trials",
          "createdAt": "2026-01-02T03:04:05Z", "finishedAt": "2026-01-02T03:04:08Z",
          "progress": {"trials": 6, "planned": 6, "running": 0, "failed": 0, "fraction": 1.0},
          "best":
          """
          + TRIAL
          + """
          ,
          "model": {"name": "spirals", "version": 1}, "error": null,
          """;

  static final String ENDED =
      ENDED_HEAD + "\"trials\": [" + TRIAL + "],\n" + SPEC + ",\n" + MODEL_LINKS;

  static final String BEGUN =
      HEAD
          + """
          "status": "running", "stopReason": null,
          "createdAt": "2026-01-02T03:04:05Z", "finishedAt": null,
          "progress": {"trials": 0, "planned": 6, "running": 0, "failed": 0, "fraction": 0.0},
          "best": null, "model": null, "error": null, "trials": [],
          """
          + SPEC
          + """
          ,
          "links": {"self": "/api/v1/searches/search_01k0example", "model": null, "predict": null}}
          """;

  static final String PAGE =
      "{\"data\": [" + ENDED_HEAD + SPEC + ",\n" + MODEL_LINKS + "], \"next\": null}";

  private SearchExamples() {}
}
