package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.SplitMix64;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Rows as CSV and NDJSON, read while predictions are written.
@EndToEnd
class StreamedPredictionsTests {

  private static final String CSV = "text/csv";
  private static final String NDJSON = "application/x-ndjson";
  private static final String JSON = "application/json";

  private final Api api;
  private String predict = "";

  StreamedPredictionsTests(Api api) {
    this.api = api;
  }

  @BeforeEach
  void train() {
    StringBuilder rows = new StringBuilder("size,color,kind\n");
    for (int i = 0; i < 60; i++) {
      rows.append(i / 10.0).append(i % 3 == 0 ? ",red," : ",blue,");
      rows.append(i < 20 ? "plum" : i < 40 ? "apple" : "melon").append('\n');
    }
    JsonNode job =
        api.train(
            "{\"name\": \"fruit\", \"dataset\": {\"id\": \"%s\"}, \"training\": {\"epochs\": 30}}"
                .formatted(api.upload("fruit", rows.toString())));
    predict = job.at("/links/predict").asString();
  }

  private Reply csv(String body, String... more) {
    return api.post(predict, body, with(CSV, more));
  }

  private Reply ndjson(String body, String... more) {
    return api.post(predict, body, with(NDJSON, more));
  }

  private static String[] with(String contentType, String... more) {
    List<String> headers = new ArrayList<>(List.of("Content-Type", contentType));
    headers.addAll(List.of(more));
    return headers.toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "text/csv, text/csv",
    "text/csv, application/x-ndjson",
    "text/csv, application/json",
    "application/x-ndjson, text/csv",
    "application/x-ndjson, application/x-ndjson",
    "application/x-ndjson, application/json",
    "application/json, text/csv",
    "application/json, application/x-ndjson"
  })
  void givesTheSameNumbersInEachForm(String in, String out) {
    StringBuilder csv = new StringBuilder("kind,color,size\n");
    StringBuilder ndjson = new StringBuilder();
    StringBuilder json = new StringBuilder("{\"inputs\": [");
    for (int i = 0; i < 700; i++) {
      double size = i / 117.0;
      String color = i % 2 == 0 ? "red" : "blue";
      csv.append("?,").append(color).append(',').append(size).append('\n');
      ndjson.append(
          i % 5 == 0
              ? "[%s, \"%s\"]\n".formatted(size, color)
              : "{\"size\": %s, \"color\": \"%s\"}\n".formatted(size, color));
      json.append(i == 0 ? "" : ",").append("[%s, \"%s\"]".formatted(size, color));
    }
    json.append("]}");
    JsonNode expected = api.post(predict, json.toString()).expect(200).json().get("predictions");

    String body =
        switch (in) {
          case CSV -> csv.toString();
          case NDJSON -> ndjson.toString();
          default -> json.toString();
        };
    Reply reply =
        api.post(predict, body, "Content-Type", in, "Accept", out + ", */*;q=0.1").expect(200);
    assertThat(reply.header("Content-Type")).startsWith(out);
    assertThat(reply.header("Model-Version")).matches("[1-9][0-9]*");
    switch (out) {
      case CSV -> assertSameTable(reply.body(), expected);
      case NDJSON -> {
        List<JsonNode> lines =
            reply.body().lines().map(line -> JsonMapper.shared().readTree(line)).toList();
        assertThat(lines).hasSize(expected.size());
        for (int i = 0; i < lines.size(); i++) {
          assertSame(lines.get(i), expected.get(i));
        }
      }
      default -> {
        JsonNode document = reply.json();
        assertThat(document.get("model").asString()).isEqualTo("fruit");
        assertThat(document.get("version").isInt()).isTrue();
        assertThat(document.get("predictions").size()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
          assertSame(document.get("predictions").get(i), expected.get(i));
        }
      }
    }
  }

  private static void assertSame(JsonNode actual, JsonNode expected) {
    assertThat(actual.get("label")).isEqualTo(expected.get("label"));
    assertThat(actual.get("flags")).isEqualTo(expected.get("flags"));
    expected
        .get("probabilities")
        .forEachEntry(
            (label, p) ->
                assertThat(actual.at("/probabilities/" + label).asDouble())
                    .isCloseTo(p.asDouble(), within(1e-6)));
  }

  private static void assertSameTable(String table, JsonNode expected) {
    List<String> lines = table.lines().toList();
    assertThat(lines.getFirst())
        .isEqualTo("label,probability_apple,probability_melon,probability_plum,flags,error");
    assertThat(lines).hasSize(expected.size() + 1);
    for (int i = 0; i < expected.size(); i++) {
      String[] cells = lines.get(i + 1).split(",", -1);
      JsonNode row = expected.get(i);
      assertThat(cells[0]).isEqualTo(row.get("label").asString());
      assertThat(Double.parseDouble(cells[1]))
          .isCloseTo(row.at("/probabilities/apple").asDouble(), within(1e-6));
      assertThat(Double.parseDouble(cells[3]))
          .isCloseTo(row.at("/probabilities/plum").asDouble(), within(1e-6));
      assertThat(cells).hasSize(row.get("flags").isEmpty() ? 6 : cells.length);
    }
  }

  @Test
  void answersInTheFormOfTheRequestWhereAcceptLeavesTheChoice() {
    assertThat(csv("size,color\n1,red\n", "Accept", "*/*").expect(200).header("Content-Type"))
        .startsWith(CSV);
    assertThat(ndjson("[1, \"red\"]").expect(200).header("Content-Type")).startsWith(NDJSON);
    assertThat(
            csv("size,color\n1,red\n", "Accept", "application/*;q=0.5, text/csv;q=0.1")
                .expect(200)
                .header("Content-Type"))
        .startsWith(JSON);
    assertThat(csv("size,color\n1,red\n", "Accept", "text/html").expect(406).json().get("detail"))
        .asString()
        .contains(CSV, NDJSON, JSON);
  }

  @Test
  void putsErrorsInTheirPlaces() {
    List<String> table =
        csv("""
            color;size
            red;1.5
            red
            red;1;2
            red;big
            red;1e39
            red;
            "re;d";9.75

             blue ; 2
            """)
            .expect(200)
            .body()
            .lines()
            .toList();
    assertThat(table).hasSize(9);
    assertThat(table.subList(2, 6))
        .containsExactly(
            ",,,,,\"the line has 1 field, the header has 2\"",
            ",,,,,\"the line has 3 fields, the header has 2\"",
            ",,,,,\"size: a number is expected, not the text 'big'\"",
            ",,,,,\"size: the value is beyond a 32-bit float, whose largest number is 3.4e38\"");
    assertThat(table.get(6)).endsWith(",\"size: missing, 2.95 stands in\",");
    assertThat(table.get(7))
        .contains(
            "\"size: above the training range [0.0, 5.9]; color: 're;d' did not occur in training\",");
    assertThat(table.get(1)).endsWith(",,").doesNotStartWith(",");
    assertThat(table.get(8)).endsWith(",,").doesNotStartWith(",");

    List<JsonNode> lines =
        ndjson(
                """
                {"size": 1.5, "color": "red"}
                {"size": 1.5, "colour": "red"}

                {"size": 1.5, "color": "red"
                {"size": 1.5, "size": 2, "color": "red"}
                {"size": 1.5, "color": "red"} {}
                null
                3
                [1.5]
                [1.5, ["red"]]
                [1.5, "red"]""")
            .expect(200)
            .body()
            .lines()
            .map(line -> JsonMapper.shared().readTree(line))
            .toList();
    assertThat(lines).hasSize(10);
    assertThat(lines.getFirst().has("label")).isTrue();
    assertThat(lines.getLast().get("label")).isEqualTo(lines.getFirst().get("label"));
    assertThat(lines.subList(1, 9))
        .extracting(line -> line.get("error").asString())
        .containsExactly(
            "there is no feature 'colour'; the features are size, color",
            "the line is not well-formed JSON, at column 29",
            "the line is not well-formed JSON, at column 21",
            "something follows the end of the row",
            "the row is null",
            "the line is an object or an array, not 3",
            "the row has 1 values, the model has 2 features",
            "a value is a number or a text, not an array or object");
  }

  @Test
  void refusesWhatCannotBeReadBeforeAnythingIsWritten() {
    assertProblem(
        csv("size,colour,kind\n1,red,plum\n"),
        422,
        "column=colour: there is no feature 'colour'; did you mean 'color'? Leave the column out.",
        "column=color: the header lacks the feature 'color'");
    assertProblem(
        csv("size,color,size\n1,red,plum\n"), 422, "column=size: the header has 'size' twice");
    assertProblem(csv("size,color\n1,\"red\n"), 422, "is not closed");
    assertProblem(csv(""), 422, "there are no rows");
    assertProblem(csv("size,color\n"), 422, "there are no rows");
    assertProblem(ndjson("\n\n"), 422, "there are no rows");
    assertProblem(ndjson("[1, \"\0\"]"), 422, "a NUL character");
    assertProblem(
        ndjson("[1, \"" + "x".repeat(1_000_000) + "\"]"), 422, "backprop.inference.max-line");
    assertProblem(
        csv("size,color\n1,red\n", "Content-Encoding", "gzip"), 415, "Content-Encoding of rows");
    assertProblem(
        api.post(predict, "size,color\n", "Content-Type", "text/csv;charset=UTF-16"),
        415,
        "send the rows as UTF-8");
    assertThat(raw("text/csv", "size,color\n1,r\u00e9d\n"))
        .contains(" 422 ", "not utf-8 text from here on");
    assertProblem(
        api.post(Api.MODELS + "/nobody/predict", "a\n1\n", "Content-Type", CSV), 404, "nobody");
  }

  private static void assertProblem(Reply reply, int status, String... words) {
    JsonNode problem = reply.expect(status).json();
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    String all =
        problem.get("detail").asString()
            + problem
                .path("errors")
                .valueStream()
                .map(
                    e ->
                        " column=%s: %s"
                            .formatted(e.path("column").asString(), e.get("detail").asString()))
                .toList();
    assertThat(all).contains(words);
  }

  private String raw(String contentType, String body) {
    return api.raw(
        "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(predict, contentType, body.length(), body));
  }

  @Test
  void endsWithAnErrorWhereTheRestCannotBeRead() {
    String rows = "size,color\n" + "1.5,red\n".repeat(1_000) + "2.5,\"red\n";
    List<String> table = csv(rows).expect(200).body().lines().toList();
    assertThat(table).hasSize(1 + 1_000 + 1);
    assertThat(table.getLast())
        .startsWith(",,,,,line 1002: ")
        .endsWith("; nothing after it was read");
    JsonNode document = csv(rows, "Accept", JSON).expect(200).json();
    assertThat(document.get("predictions").size()).isEqualTo(1_001);
    assertThat(document.at("/predictions/1000/error").asString()).startsWith("line 1002: ");
    List<String> lines =
        ndjson("[1.5, \"red\"]\n".repeat(1_000) + "[2.5, \"\0\"]\n[1.5, \"red\"]\n")
            .expect(200)
            .body()
            .lines()
            .toList();
    assertThat(lines.getLast()).startsWith("{\"error\":\"line 1001: a NUL character");
  }

  @Test
  void answersOrRefusesWhateverTextComes() {
    String csv = "size,color\n" + "1.5,\"red\"\n".repeat(20);
    String ndjson = "{\"size\": 1.5, \"color\": \"red\"}\n".repeat(20);
    String letters = "\"',;\n\r\t\\{}[]:0e-. \u0001\u00e9\ud83d\ude00x";
    SplitMix64 random = new SplitMix64(7);
    for (int i = 0; i < 300; i++) {
      StringBuilder body = new StringBuilder(i % 2 == 0 ? csv : ndjson);
      for (int change = random.nextInt(4); change >= 0; change--) {
        char letter = letters.charAt(random.nextInt(letters.length()));
        body.setCharAt(random.nextInt(body.length()), letter);
      }
      Reply reply = i % 2 == 0 ? csv(body.toString()) : ndjson(body.toString());
      assertThat(reply.status()).as(body.toString()).isIn(200, 422);
      if (reply.status() == 200 && i % 2 == 1) {
        reply.body().lines().forEach(line -> JsonMapper.shared().readTree(line));
      }
    }
  }

  @Test
  void takesMoreRowsThanAJsonDocumentMayHave() {
    int rows = 50_000;
    StringBuilder body = new StringBuilder("size,color\n");
    for (int i = 0; i < rows; i++) {
      body.append(String.format(Locale.ROOT, "%.3f,red%n", i % 6_000 / 1_000.0));
    }
    assertThat(csv(body.toString()).expect(200).body().lines().count()).isEqualTo(1 + rows);
  }

  @Test
  void answersEachRowBeforeTheNextComes() throws IOException {
    URI address = api.uri(predict);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          """
          POST %s HTTP/1.1
          Host: localhost
          Content-Type: text/csv
          Transfer-Encoding: chunked

          """
              .formatted(address.getPath())
              .replace("\n", "\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      chunk(out, "size,color\n0.1,red\n");
      assertThat(readUntil(in, "plum,")).contains("HTTP/1.1 200", "label,probability_apple");
      chunk(out, "5.9,blue\n");
      assertThat(readUntil(in, "melon,")).doesNotContain("plum,");
      chunk(out, "0.2,red");
      chunk(out, "\n");
      assertThat(readUntil(in, "plum,")).doesNotContain("melon,");
      chunk(out, "5.8,blue");
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(readUntil(in, "melon,")).doesNotContain("plum,");
    }
  }

  private static void chunk(OutputStream out, String text) throws IOException {
    out.write("%x\r\n%s\r\n".formatted(text.length(), text).getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /// All lines up to one that begins so.
  private static String readUntil(BufferedReader in, String start) throws IOException {
    StringBuilder read = new StringBuilder();
    for (String line = in.readLine(); ; line = in.readLine()) {
      assertThat(line).as("after %s", read).isNotNull();
      read.append(line).append('\n');
      if (line.startsWith(start)) {
        return read.toString();
      }
    }
  }
}
