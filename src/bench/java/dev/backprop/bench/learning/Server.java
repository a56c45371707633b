package dev.backprop.bench.learning;

import dev.backprop.BackpropServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The server in this process, spoken to over HTTP.
final class Server implements AutoCloseable {

  private final ConfigurableApplicationContext context;
  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();

  Server() {
    context =
        SpringApplication.run(
            BackpropServer.class,
            "--server.address=127.0.0.1",
            "--server.port=0",
            "--spring.main.banner-mode=off",
            "--logging.level.root=warn",
            "--backprop.jobs.workers=1",
            "--backprop.jobs.max-wait=30m");
  }

  /// All rows that a generator makes, its classes numbered in the order of their names.
  List<Rows.Row> generate(String type, int rows, double noise, long seed) {
    JsonNode dataset =
        send(
            "/api/v1/datasets",
            "application/json",
            """
            {"generator": {"type": "%s", "rows": %d, "noise": %s, "seed": %d}}"""
                .formatted(type, rows, noise, seed));
    Map<String, String> classes = new HashMap<>();
    for (JsonNode category : dataset.path("columns").get(2).path("categories").values()) {
      classes.put(category.get("value").asString(), Integer.toString(classes.size()));
    }
    List<Rows.Row> all = new ArrayList<>();
    String path = "/api/v1/datasets/" + dataset.get("id").asString();
    JsonNode page;
    String after = "";
    do {
      page = get(path + "/rows?limit=100" + after);
      for (JsonNode row : page.get("data").values()) {
        String target = row.get("y").asString();
        all.add(
            new Rows.Row(
                List.of(row.get("x1").asString(), row.get("x2").asString()),
                classes.getOrDefault(target, target)));
      }
      after = "&after=" + page.path("next").asString("");
    } while (!page.get("next").isNull());
    return all;
  }

  /// Trains on the rows and gives the predictions for those held out.
  List<String> predict(Problem problem, Rows rows, int seed) {
    JsonNode dataset =
        send("/api/v1/datasets?name=" + problem.name(), "text/csv", rows.trainingCsv());
    JsonNode job =
        send("/api/v1/jobs", "application/json", spec(problem, rows, dataset, seed).toString());
    if (!job.path("stopReason").asString("").equals("epochs")) {
      throw new IllegalStateException(job.toString());
    }
    JsonNode answer =
        send(
            job.at("/links/predict").asString(),
            "application/json",
            json.writeValueAsString(
                Map.of(
                    "inputs",
                    rows.heldOut().stream()
                        .map(row -> row.inputs().stream().map(Float::valueOf).toList())
                        .toList())));
    return answer
        .get("predictions")
        .valueStream()
        .map(
            prediction ->
                prediction.has("label")
                    ? prediction.get("label").asString()
                    : prediction.at("/values/y").asString())
        .toList();
  }

  private JsonNode spec(Problem problem, Rows rows, JsonNode dataset, int seed) {
    List<Map<String, Object>> hidden =
        problem.hidden().stream()
            .map(
                units -> Map.<String, Object>of("units", units, "activation", problem.activation()))
            .toList();
    return json.valueToTree(
        Map.of(
            "name", problem.name(),
            "dataset", Map.of("id", dataset.get("id").asString()),
            "task", problem.isClassification() ? "classification" : "regression",
            "preprocessing",
                Map.of("standardize", problem.standardize(), "standardizeTargets", false),
            "network",
                Map.of(
                    "hidden", hidden,
                    "output", Map.of("activation", problem.output(rows.classes())),
                    "initializer", Map.of("type", "glorotUniform")),
            "training",
                Map.of(
                    "optimizer", Map.of("type", "adam", "learningRate", problem.learningRate()),
                    "epochs", problem.epochs(),
                    "batchSize", problem.batchSize(),
                    "seed", seed)));
  }

  private JsonNode get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  private JsonNode send(String path, String type, String body) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .header("Prefer", "wait=1800")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(request.uri() + ": " + response.body());
      }
      return json.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private URI uri(String path) {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() {
    context.close();
    client.close();
  }
}
