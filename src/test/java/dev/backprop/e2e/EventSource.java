package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of server-sent events, as strict as it may be.
final class EventSource {

  static final String STREAM = "text/event-stream";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Api api;

  EventSource(Api api) {
    this.api = api;
  }

  /// What a stream gave.
  ///
  /// @param comments how many there were
  /// @param ended whether the server ended it
  record Stream(
      HttpResponse<InputStream> response, List<Event> events, int comments, boolean ended) {}

  record Event(long id, String type, JsonNode data) {}

  /// Reads to the end.
  Stream readAll(String path, @Nullable Long lastEventId) {
    return read(path, lastEventId, _ -> true);
  }

  /// Reads until the server ends the stream or, after so many events, nothing more is wanted; then
  /// the connection is cut.
  Stream read(String path, @Nullable Long lastEventId, IntPredicate more) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.uri(path))
            .header("Accept", STREAM)
            .timeout(Duration.ofSeconds(60));
    if (lastEventId != null) {
      request.header("Last-Event-ID", Long.toString(lastEventId));
    }
    try {
      HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        return parse(response, lines, more);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream parse(
      HttpResponse<InputStream> response, BufferedReader lines, IntPredicate more)
      throws IOException {
    List<Event> events = new ArrayList<>();
    int comments = 0;
    while (more.test(events.size())) {
      String line = lines.readLine();
      if (line == null) {
        return new Stream(response, events, comments, true);
      }
      if (line.startsWith(":")) {
        comments++;
      } else if (line.startsWith("id: ")) {
        long id = Long.parseLong(line.substring(4));
        String type = value("event: ", lines.readLine());
        JsonNode data = JsonMapper.shared().readTree(value("data: ", lines.readLine()));
        assertThat(lines.readLine()).as("the end of an event").isEmpty();
        assertThat(data.get("seq").asLong()).isEqualTo(id);
        assertThat(data.get("type").asString()).isEqualTo(type);
        events.add(new Event(id, type, data));
      } else {
        assertThat(line).isIn("", "retry: 2000");
      }
    }
    return new Stream(response, events, comments, false);
  }

  private static String value(String field, String line) {
    assertThat(line).startsWith(field);
    return line.substring(field.length());
  }
}
