package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.e2e.Api.LongJob;
import dev.backprop.e2e.EventSource.Event;
import dev.backprop.e2e.EventSource.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// What happens to a job, in pages and live.
@EndToEnd
class EventsTests {

  private static final String THREE_EPOCHS =
      """
      {"name": "events", "dataset": {"generator": {"type": "xor", "rows": 40}},
       "training": {"epochs": 3, "layerStatistics": true}}""";

  private final Api api;
  private final EventSource events;

  EventsTests(Api api) {
    this.api = api;
    events = new EventSource(api);
  }

  @Test
  void comeInPagesOldestFirst() {
    JsonNode job = api.train(THREE_EPOCHS);
    String path = job.at("/links/events").asString();
    assertThat(path).isEqualTo(job.at("/links/self").asString() + "/events");
    JsonNode all = api.get(path + "?limit=100").expect(200).json();
    assertThat(all.get("next").isNull()).isTrue();
    List<JsonNode> data = all.get("data").valueStream().toList();
    assertThat(data.stream().map(event -> event.get("seq").asInt()))
        .isEqualTo(IntStream.rangeClosed(1, data.size()).boxed().toList());
    assertThat(data.stream().map(event -> event.get("type").asString()))
        .startsWith("status", "status", "epoch", "checkpoint")
        .endsWith("status", "done");
    JsonNode epoch = data.get(2);
    JsonNode curve = api.get(job.at("/links/loss").asString()).expect(200).json();
    assertThat(epoch.get("epoch").asInt()).isEqualTo(1);
    assertThat(epoch.get("trainingLoss")).isEqualTo(curve.at("/trainingLoss/0"));
    assertThat(epoch.get("learningRate")).isEqualTo(curve.at("/learningRate/0"));
    assertThat(epoch.at("/metrics/rmse")).isEqualTo(curve.at("/metrics/rmse/0"));
    assertThat(epoch.at("/layers/0/layer").asString()).isEqualTo("hidden 1");
    assertThat(epoch.at("/layers/0/gradientNorm")).isEqualTo(curve.at("/layers/0/gradientNorm/0"));
    JsonNode done = data.getLast();
    assertThat(done.get("status").asString()).isEqualTo("succeeded");
    assertThat(done.get("stopReason").asString()).isEqualTo("epochs");
    assertThat(done.at("/model/link")).isEqualTo(job.at("/links/model"));
    assertThat(done.get("error").isNull()).isTrue();

    List<JsonNode> paged = new ArrayList<>();
    Reply page = api.get(path + "?limit=2").expect(200);
    page.json().get("data").forEach(paged::add);
    while (!page.json().get("next").isNull()) {
      assertThat(page.json().get("next").asString())
          .isEqualTo(paged.getLast().get("seq").asString());
      page = api.get(Links.next(page)).expect(200);
      page.json().get("data").forEach(paged::add);
    }
    assertThat(paged).isEqualTo(data);
  }

  @Test
  void areStreamedToTheEndOfTheJob() {
    JsonNode job = api.train(THREE_EPOCHS);
    String path = job.at("/links/events").asString();
    Stream stream = events.readAll(path, null);
    assertThat(stream.response().statusCode()).isEqualTo(200);
    assertThat(stream.response().headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(stream.response().headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(stream.response().headers().firstValue("X-Accel-Buffering")).hasValue("no");
    assertThat(stream.ended()).isTrue();
    List<Event> read = stream.events();
    assertThat(read.getLast().type()).isEqualTo("done");
    // of what was there before, only the newest epoch
    assertThat(read.stream().filter(event -> event.type().equals("epoch")).toList())
        .singleElement()
        .matches(event -> event.data().get("epoch").asInt() == 3);
    JsonNode listed = api.get(path + "?limit=100").json().get("data");
    for (Event event : read) {
      assertThat(event.data()).isEqualTo(listed.get((int) event.id() - 1));
    }
    long last = read.getLast().id();
    assertThat(events.readAll(path, last - 1).events()).containsExactly(read.getLast());
    assertThat(events.readAll(path + "?after=" + (last - 1), null).events())
        .containsExactly(read.getLast());
    // a browser that comes back sends both
    assertThat(events.readAll(path + "?after=1", last - 1).events())
        .containsExactly(read.getLast());
  }

  @Test
  void endForAClientThatHasThemAll() {
    JsonNode job = api.train(THREE_EPOCHS);
    String path = job.at("/links/events").asString();
    long last = events.readAll(path, null).events().getLast().id();
    Reply reply = api.get(path, "Accept", EventSource.STREAM, "Last-Event-ID", Long.toString(last));
    assertThat(reply.expect(204).body()).isEmpty();
    assertThat(api.get(path + "?after=" + last).expect(200).json().get("data")).isEmpty();
  }

  @Test
  void areNotStreamedToAHead() {
    try (LongJob job = api.startLongJob("head")) {
      Reply reply =
          api.send("HEAD", Api.JOBS + "/" + job.id() + "/events", "Accept", EventSource.STREAM);
      assertThat(reply.expect(200).header("Content-Type")).startsWith("text/event-stream");
    }
  }

  @Test
  void comeAsTheyHappenUntilTheJobIsCancelled() throws Exception {
    try (LongJob job = api.startLongJob("live")) {
      String path = Api.JOBS + "/" + job.id() + "/events";
      CompletableFuture<Stream> whole =
          CompletableFuture.supplyAsync(() -> events.readAll(path, null));
      Stream begun = events.read(path, null, count -> count < 3);
      assertThat(begun.ended()).isFalse();
      assertThat(begun.events().stream().map(Event::type)).startsWith("status", "status");
      job.cancel();
      Stream read = whole.get(30, TimeUnit.SECONDS);
      assertThat(read.ended()).isTrue();
      assertThat(read.events().stream().filter(event -> event.data().has("status")))
          .extracting(event -> event.data().get("status").asString())
          .startsWith("queued", "running")
          .endsWith("cancelled", "cancelled");
      assertThat(read.events().getLast().data().at("/model/name").asString()).isEqualTo("live");
      JsonNode ended = job.awaitEnd();
      assertThat(
              read.events().stream()
                  .filter(event -> event.type().equals("epoch"))
                  .toList()
                  .getLast()
                  .data()
                  .get("epoch"))
          .isEqualTo(ended.at("/latest/epoch"));
    }
  }

  /// It is cut off after a few events, in the middle of what the server sends at once, and comes
  /// back with the last number that it has.
  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void areNeitherRepeatedNorLeftOutForAClientThatComesBackAtRandom() throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      SplitMix64 random = new SplitMix64(seed);
      List<Event> read = new ArrayList<>();
      String path;
      try (LongJob job = api.startLongJob("cut-off")) {
        path = Api.JOBS + "/" + job.id() + "/events";
        for (int connection = 0; connection < 12; connection++) {
          int wanted = 1 + random.nextInt(4);
          read.addAll(events.read(path, last(read), count -> count < wanted).events());
        }
        job.cancel();
        Stream rest;
        do {
          int wanted = 1 + random.nextInt(3);
          rest = events.read(path, last(read), count -> count < wanted);
          read.addAll(rest.events());
        } while (rest.response().statusCode() != 204);
      }
      String context = "seed " + seed;
      assertThat(IntStream.range(1, read.size()))
          .as(context)
          .allMatch(i -> read.get(i - 1).id() < read.get(i).id());
      assertThat(withoutEpochs(read)).as(context).isEqualTo(listedWithoutEpochs(path));
      assertThat(read.getLast().type()).isEqualTo("done");
    }
  }

  private static Long last(List<Event> read) {
    return read.isEmpty() ? 0 : read.getLast().id();
  }

  private static List<JsonNode> withoutEpochs(List<Event> read) {
    return read.stream()
        .map(Event::data)
        .filter(event -> !event.get("type").asString().equals("epoch"))
        .toList();
  }

  private List<JsonNode> listedWithoutEpochs(String path) {
    List<JsonNode> listed = new ArrayList<>();
    String next = "0";
    while (!next.isEmpty()) {
      JsonNode page = api.get(path + "?limit=100&after=" + next).expect(200).json();
      for (JsonNode event : page.get("data")) {
        if (!event.get("type").asString().equals("epoch")) {
          listed.add(event);
        }
      }
      next = page.get("next").isNull() ? "" : page.get("next").asString();
    }
    return listed;
  }

  @Test
  void warnOfALossThatRises() {
    JsonNode job =
        api.post(
                Api.JOBS,
                """
                {"name": "rising", "dataset": {"generator": {"type": "plane", "rows": 100}},
                 "network": {"hidden": []},
                 "training": {"epochs": 100, "batchSize": "full",
                              "optimizer": {"type": "sgd", "learningRate": 1.1}}}""",
                "Prefer",
                "wait=60")
            .expect(200)
            .json();
    assertThat(events.readAll(job.at("/links/events").asString(), null).events())
        .filteredOn(event -> event.type().equals("warning"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.data().get("code").asString()).isEqualTo("lossRises");
              assertThat(event.data().get("detail").asString())
                  .contains("A smaller learning rate than 1.1 may help");
            });
  }
}
