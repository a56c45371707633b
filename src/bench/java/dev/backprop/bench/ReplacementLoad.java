package dev.backprop.bench;

import dev.backprop.BackpropServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Replaces a model again and again while eight clients ask it, flips its champion and deletes its
/// old versions, and counts answers that are wrong.
///
/// Every version predicts its own number, so that an answer tells which parameters it is of. Six
/// clients ask by the name, the champion and the newest; two ask for versions by their numbers,
/// which may be deleted: 404 is right for those. Argument: replacements (1000).
public final class ReplacementLoad {

  private static final int CLIENTS = 8;
  private static final String MODEL = "/api/v1/models/replaced";
  private static final List<String> ADDRESSES =
      List.of("", "/versions/champion", "/versions/newest");

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();
  private final AtomicBoolean over = new AtomicBoolean();
  private final LongAdder answers = new LongAdder();
  private final LongAdder deleted = new LongAdder();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final String base;

  private ReplacementLoad(String base) {
    this.base = base;
  }

  /// Runs it.
  public static void main(String[] args) throws Exception {
    int replacements = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
    try (ConfigurableApplicationContext context =
        SpringApplication.run(
            BackpropServer.class, "--server.port=0", "--server.address=127.0.0.1")) {
      String port = context.getEnvironment().getRequiredProperty("local.server.port");
      new ReplacementLoad("http://127.0.0.1:" + port).run(replacements);
    }
  }

  private void run(int replacements) throws Exception {
    replace(1);
    long start = System.nanoTime();
    try (ExecutorService executor = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        String address = ADDRESSES.get(client % ADDRESSES.size());
        boolean byNumber = client >= 6;
        clients.add(
            executor.submit(
                () -> {
                  ask(address, byNumber);
                  return null;
                }));
      }
      try {
        for (int version = 2; version <= 1 + replacements; version++) {
          replace(version);
          require(204, send("DELETE", MODEL + "/versions/" + (version - 1), ""));
        }
      } finally {
        over.set(true);
      }
      for (Future<?> client : clients) {
        client.get();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%d replacements in %.1f s: %d right answers, %d of deleted versions (404), %d wrong%n",
        replacements, seconds, answers.sum(), deleted.sum(), wrong.size());
    wrong.stream().limit(10).forEach(System.out::println);
  }

  private void replace(int version) throws IOException, InterruptedException {
    String job =
        """
        {"name": "replaced", "dataset": {"inputs": [[0], [1]], "targets": [[%1$d], [%1$d]]},
         "preprocessing": {"standardizeTargets": false},
         "network": {"hidden": [], "initialParameters": [{"weights": [[0]], "biases": [%1$d]}]},
         "training": {"epochs": 1}}"""
            .formatted(version);
    JsonNode ended = json.readTree(require(200, send("POST", "/api/v1/jobs", job)).body());
    if (ended.at("/model/version").asInt() != version) {
      throw new IllegalStateException(ended.toString());
    }
    HttpResponse<String> put =
        send("PUT", MODEL + "/aliases/champion", "{\"version\": %d}".formatted(version));
    require(version == 1 ? 201 : 200, put);
  }

  private void ask(String address, boolean byNumber) throws IOException, InterruptedException {
    int last = 1;
    while (!over.get()) {
      HttpResponse<String> reply =
          send(
              "POST",
              MODEL + (byNumber ? "/versions/" + last : address) + "/predict",
              "{\"inputs\": [[0], [0.5], [1]]}");
      if (byNumber && reply.statusCode() == 404) {
        deleted.increment();
        last = newest();
      } else if (isRight(reply)) {
        answers.increment();
      } else {
        wrong.add(reply.statusCode() + " " + reply.body());
      }
    }
  }

  private int newest() throws IOException, InterruptedException {
    String body = require(200, send("GET", MODEL, "")).body();
    return json.readTree(body).get("version").asInt();
  }

  private boolean isRight(HttpResponse<String> reply) {
    if (reply.statusCode() != 200) {
      return false;
    }
    JsonNode answer = json.readTree(reply.body());
    int version = answer.get("version").asInt();
    return answer.get("predictions").size() == 3
        && answer
            .get("predictions")
            .valueStream()
            .allMatch(row -> row.at("/values/y1").asDouble() == version);
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(base + path))
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Prefer", "wait=60")
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> require(int status, HttpResponse<String> reply) {
    if (reply.statusCode() != status) {
      throw new IllegalStateException(reply.statusCode() + " " + reply.body());
    }
    return reply;
  }
}
