package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/// A caller of the server.
final class Api {

  static final String DATASETS = "/api/v1/datasets";
  static final String JOBS = "/api/v1/jobs";
  static final String MODELS = "/api/v1/models";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final IntSupplier port;

  /// @param port that the server on this machine listens on
  Api(IntSupplier port) {
    this.port = port;
  }

  /// The address of a path.
  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port.getAsInt() + path);
  }

  /// Sends a request without a body.
  ///
  /// @param headers names and values in turn
  Reply send(String method, String path, String... headers) {
    return send(method, path, BodyPublishers.noBody(), headers);
  }

  Reply get(String path, String... headers) {
    return send("GET", path, headers);
  }

  /// The bytes of a file.
  byte[] download(String path) {
    HttpRequest request = HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).build();
    try {
      HttpResponse<byte[]> reply = client.send(request, BodyHandlers.ofByteArray());
      assertThat(reply.statusCode()).as(path).isEqualTo(200);
      return reply.body();
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Reply delete(String path) {
    return send("DELETE", path);
  }

  /// Posts JSON, unless the headers say otherwise.
  Reply post(String path, String body, String... headers) {
    return send("POST", path, BodyPublishers.ofString(body), orJson(headers));
  }

  /// Posts bytes of the type that the headers say.
  Reply post(String path, byte[] body, String... headers) {
    return send("POST", path, BodyPublishers.ofByteArray(body), headers);
  }

  Reply postCsv(String path, String csv) {
    return post(path, csv, "Content-Type", "text/csv");
  }

  Reply postBytes(String path, byte[] body, String type) {
    return send("POST", path, BodyPublishers.ofByteArray(body), "Content-Type", type);
  }

  private static String[] orJson(String... headers) {
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equals("Content-Type")) {
        return headers;
      }
    }
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Content-Type";
    all[1] = "application/json";
    return all;
  }

  private Reply send(
      String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).method(method, body).timeout(PATIENCE);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Reply(method + " " + path, client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Sends bytes that no HTTP client would send, and gives back all that comes.
  String raw(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.getAsInt())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Uploads a data set and gives its id.
  String upload(String name, String csv) {
    return postCsv(DATASETS + "?name=" + name, csv).expect(201).json().get("id").asString();
  }

  /// Posts a job and gives it as it is then.
  JsonNode submit(String spec) {
    return post(JOBS, spec).expect(202).json();
  }

  /// Trains to the end, which must be a success, and gives the job.
  JsonNode train(String spec) {
    JsonNode job = post(JOBS, spec, "Prefer", "wait=60").expect(200).json();
    assertThat(job.get("status").asString()).as(job.toString()).isEqualTo("succeeded");
    return job;
  }

  /// The job as it is now.
  JsonNode job(String id) {
    return get(JOBS + "/" + id).expect(200).json();
  }

  /// Waits until the job is as wanted.
  JsonNode await(String id, Predicate<JsonNode> wanted) {
    return Awaitility.await("job " + id)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> job(id), wanted);
  }

  /// Starts a job that would train for hours, and ends it when it is closed.
  LongJob startLongJob(String name) {
    String id =
        submit(
                """
                {"name": "%s", "dataset": {"generator": {"type": "xor", "rows": 1000}},
                 "training": {"epochs": 10000000, "batchSize": "full"}}"""
                    .formatted(name))
            .get("id")
            .asString();
    return new LongJob(this, id);
  }

  /// A job that ends no later than the test that needs it.
  record LongJob(Api api, String id) implements AutoCloseable {

    /// Waits until it has learned something.
    LongJob awaitFirstEpoch() {
      api.await(id, job -> job.at("/progress/epoch").asInt() > 0);
      return this;
    }

    Reply cancel() {
      return api.post(JOBS + "/" + id + "/cancel", "");
    }

    JsonNode awaitEnd() {
      return api.await(id, job -> !job.get("finishedAt").isNull());
    }

    @Override
    public void close() {
      if (cancel().status() == 202) { // else the test has deleted it
        awaitEnd();
      }
    }
  }
}
