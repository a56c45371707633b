package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Models that are replaced while they are asked.
@EndToEnd
class ReplacementTests {

  private static final int CLIENTS = 8;
  private static final int REPLACEMENTS = 100;
  private static final String NAME = "replaced";
  private static final String PATH = Api.MODELS + "/" + NAME;

  private final Api api;

  ReplacementTests(Api api) {
    this.api = api;
  }

  /// Every version predicts its own number, so that an answer tells which parameters it is of. The
  /// name alone and the champion are always there; a version may be deleted.
  @Test
  void neverFailsAndNeverMixesAnswers() throws Exception {
    AliasesTests.trainConstant(api, NAME, 1);
    api.put(PATH + "/aliases/champion", "{\"version\": 1}").expect(201);
    AtomicBoolean over = new AtomicBoolean();
    LongAdder answers = new LongAdder();
    LongAdder deleted = new LongAdder();
    ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        String address = List.of("", "/versions/champion", "/versions/newest", "").get(client % 4);
        boolean chases = client == CLIENTS - 1;
        clients.add(
            executor.submit(
                () -> {
                  int last = 1;
                  while (!over.get()) {
                    Reply reply = predict(chases ? "/versions/" + last : address);
                    if (chases && reply.status() == 404) {
                      deleted.increment();
                      last = predict("").expect(200).json().get("version").asInt();
                    } else if (isRight(reply)) {
                      answers.increment();
                    } else {
                      wrong.add(reply.toString());
                    }
                  }
                }));
      }
      try {
        replace();
      } finally {
        over.set(true);
      }
      for (Future<?> client : clients) {
        client.get();
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(answers.sum()).isGreaterThan(REPLACEMENTS);
    assertThat(deleted.sum()).as("versions that were gone").isPositive();
  }

  private void replace() {
    for (int version = 2; version <= 1 + REPLACEMENTS; version++) {
      JsonNode job = AliasesTests.trainConstant(api, NAME, version);
      assertThat(job.at("/model/version").asInt()).isEqualTo(version);
      api.put(PATH + "/aliases/champion", "{\"version\": %d}".formatted(version)).expect(200);
      api.delete(PATH + "/versions/" + (version - 1)).expect(204);
    }
  }

  private Reply predict(String address) {
    return api.post(PATH + address + "/predict", "{\"inputs\": [[0], [0.5], [1]]}");
  }

  private static boolean isRight(Reply reply) {
    if (reply.status() != 200) {
      return false;
    }
    JsonNode answer = reply.json();
    int version = answer.get("version").asInt();
    return answer.get("predictions").size() == 3
        && answer
            .get("predictions")
            .valueStream()
            .allMatch(row -> row.at("/values/y1").asDouble() == version);
  }
}
