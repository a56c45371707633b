package dev.backprop.job.event;

/// What the OpenAPI document shows.
final class EventExamples {

  static final String PAGE =
      """
      {"data": [
        {"seq": 1, "type": "status", "time": "2026-01-01T10:00:00Z", "status": "queued",
          "stopReason": null},
        {"seq": 2, "type": "status", "time": "2026-01-01T10:00:00.001Z", "status": "running",
          "stopReason": null},
        {"seq": 3, "type": "epoch", "time": "2026-01-01T10:00:00.001Z", "epoch": 1,
          "trainingLoss": 0.2763, "validationLoss": null, "learningRate": 0.2,
          "metrics": {"rmse": 0.5256, "mae": 0.5, "r2": -0.1052}},
        {"seq": 4, "type": "checkpoint", "time": "2026-01-01T10:00:00.001Z", "epoch": 1,
          "trainingLoss": 0.2763, "validationLoss": null,
          "metrics": {"rmse": 0.5256, "mae": 0.5, "r2": -0.1052}}],
       "next": "4"}
      """;

  static final String STREAM =
      """
      retry: 2000

      id: 1
      event: status
      data: {"seq":1,"type":"status","time":"2026-01-01T10:00:00Z","status":"queued","stopReason":null}

      id: 10105
      event: done
      data: {"seq":10105,"type":"done","time":"2026-01-01T10:00:00.025Z","status":"succeeded","stopReason":"epochs","model":{"name":"xor","version":1,"link":"/api/v1/models/xor/versions/1"},"error":null}

      """;

  private EventExamples() {}
}
