package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.e2e.Api.LongJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Requests with an `Idempotency-Key`, sent more than once.
@EndToEnd
class IdempotencyTests {

  private static final String KEY = "Idempotency-Key";
  private static final String CSV = "a,b,y\n1,2,3\n4,5,6\n7,8,9\n";
  private static final int CALLS = 100;

  private final Api api;
  private final String key = "\"" + UUID.randomUUID() + '"';

  IdempotencyTests(Api api) {
    this.api = api;
  }

  private static String job(String name) {
    return "{\"name\": \"%s\", \"dataset\": {\"generator\": {\"type\": \"xor\"}}}".formatted(name);
  }

  @Test
  void makeOneJobHoweverManyComeAtOnce() throws Exception {
    String body = job("once-by-key");
    List<Reply> replies = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLS)) {
      List<Future<Reply>> calls =
          IntStream.range(0, CALLS)
              .mapToObj(i -> callers.submit(() -> api.post(Api.JOBS, body, headers(i))))
              .toList();
      for (Future<Reply> call : calls) {
        replies.add(call.get());
      }
    }
    List<Reply> answered = replies.stream().filter(reply -> reply.status() != 409).toList();
    assertThat(answered).isNotEmpty();
    assertThat(answered.stream().map(Reply::status).collect(Collectors.toSet()))
        .hasSize(1)
        .isSubsetOf(Set.of(200, 202));
    assertThat(answered).extracting(Reply::body).containsOnly(answered.getFirst().body());
    for (Reply refused : replies) {
      if (refused.status() == 409) {
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.json().get("type").asString())
            .isEqualTo("/problems/idempotency-key-in-use");
      }
    }
    assertThat(jobsNamed("once-by-key"))
        .containsExactly(answered.getFirst().json().get("id").asString());
  }

  /// Every other caller would wait for the end.
  private String[] headers(int caller) {
    return caller % 2 == 0 ? new String[] {KEY, key} : new String[] {KEY, key, "Prefer", "wait=10"};
  }

  @Test
  void getTheFirstReplyAgainAfterTheJobHasEnded() {
    Reply first = api.post(Api.JOBS, job("again-by-key"), KEY, key).expect(202);
    String id = first.json().get("id").asString();
    api.await(id, job -> !job.get("finishedAt").isNull());

    Reply second =
        api.post(Api.JOBS, job("again-by-key"), KEY, key, "Prefer", "wait=10").expect(202);
    assertThat(second.body()).isEqualTo(first.body());
    for (String header : List.of("Location", "Retry-After", "Content-Type")) {
      assertThat(second.header(header)).isEqualTo(first.header(header));
    }
    assertThat(second.optionalHeader("Preference-Applied")).isEmpty();
    assertThat(jobsNamed("again-by-key")).containsExactly(id);
  }

  @Test
  void areRefusedWhileTheFirstWaitsForItsJob() {
    try (LongJob blocker = api.startLongJob("blocker").awaitFirstEpoch()) {
      CompletableFuture<Reply> first =
          CompletableFuture.supplyAsync(
              () -> api.post(Api.JOBS, job("waits-by-key"), KEY, key, "Prefer", "wait=60"));
      Awaitility.await().until(() -> !jobsNamed("waits-by-key").isEmpty());
      JsonNode refusal = api.post(Api.JOBS, job("waits-by-key"), KEY, key).expect(409).json();
      assertThat(refusal.get("type").asString()).isEqualTo("/problems/idempotency-key-in-use");
      blocker.cancel();

      Reply ended = first.join().expect(200);
      assertThat(api.post(Api.JOBS, job("waits-by-key"), KEY, key).expect(200).body())
          .isEqualTo(ended.body());
    }
    assertThat(jobsNamed("waits-by-key")).hasSize(1);
  }

  @Test
  void areRefusedIfTheyAreOtherRequests() {
    api.post(Api.JOBS, job("first-of-a-key"), KEY, key).expect(202);
    for (Reply other :
        List.of(
            api.post(Api.JOBS, job("second-of-a-key"), KEY, key),
            api.post(Api.DATASETS, "{\"generator\": {\"type\": \"xor\"}}", KEY, key))) {
      assertThat(other.expect(422).json().get("type").asString())
          .isEqualTo("/problems/idempotency-key-reused");
    }
    assertThat(jobsNamed("second-of-a-key")).isEmpty();
  }

  /// What a mistake has not created may be tried again, put right.
  @Test
  void mayCorrectTheMistakesOfTheFirst() {
    api.post(Api.JOBS, "{\"dataset\": {}, \"nmae\": 1}", KEY, key).expect(400);
    api.post(Api.JOBS, job("corrected"), KEY, key).expect(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/csv", "text/csv; charset=utf-8"})
  void uploadAFileOnce(String type) {
    String path = Api.DATASETS + "?name=once";
    Reply first = api.post(path, CSV, "Content-Type", type, KEY, key).expect(201);
    Reply second = api.post(path, CSV, "Content-Type", type, KEY, key).expect(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    api.post(path, CSV + "1,1,1\n", "Content-Type", type, KEY, key).expect(422);
    api.post(Api.DATASETS + "?name=other", CSV, "Content-Type", type, KEY, key).expect(422);
  }

  @Test
  void uploadPackedFilesAndJsonOnce() {
    String json = "{\"inputs\": [[1], [2]], \"targets\": [[1], [2]]}";
    for (String type : List.of("application/json", "text/csv")) {
      String content = type.endsWith("json") ? json : CSV;
      byte[] body = FilesTests.gzip(content.getBytes(StandardCharsets.UTF_8));
      String[] headers = {
        "Content-Type", type, "Content-Encoding", "gzip", KEY, "\"" + UUID.randomUUID() + '"'
      };
      Reply first = api.post(Api.DATASETS, body, headers).expect(201);
      assertThat(api.post(Api.DATASETS, body, headers).expect(201).body()).isEqualTo(first.body());
    }
  }

  @Test
  void uploadParquetOnce() throws IOException {
    byte[] body = Files.readAllBytes(Path.of("src/test/resources/golden/parquet/plain.parquet"));
    String[] headers = {"Content-Type", "application/vnd.apache.parquet", KEY, key};
    Reply first = api.post(Api.DATASETS, body, headers).expect(201);
    assertThat(api.post(Api.DATASETS, body, headers).expect(201).body()).isEqualTo(first.body());
  }

  /// Clients draw another boundary for each request.
  @Test
  void uploadAFormOnce() {
    Reply first = postForm("----first", CSV, "once.csv").expect(201);
    Reply second = postForm("----second-and-longer", CSV, "once.csv").expect(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    postForm("----first", CSV + "1,1,1\n", "once.csv").expect(422);
    postForm("----first", CSV, "twice.csv").expect(422);
  }

  @Test
  void areTriedAgainIfTheFormWasTooLarge() {
    postForm("----b", CSV + "1,1,1\n".repeat(200_000), "once.csv").expect(413);
    postForm("----b", CSV, "once.csv").expect(201);
  }

  private Reply postForm(String boundary, String csv, String file) {
    String body =
        """
        --%1$s\r
        Content-Disposition: form-data; name="file"; filename="%3$s"\r
        Content-Type: text/csv\r
        \r
        %2$s\r
        --%1$s--\r
        """
            .formatted(boundary, csv, file);
    return api.post(
        Api.DATASETS, body, "Content-Type", "multipart/form-data; boundary=" + boundary, KEY, key);
  }

  private List<String> jobsNamed(String name) {
    return api.get(Api.JOBS + "?limit=100")
        .expect(200)
        .json()
        .get("data")
        .valueStream()
        .filter(job -> job.get("name").asString().equals(name))
        .map(job -> job.get("id").asString())
        .toList();
  }
}
