package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Every mistake gets an answer that says where it is and what would be right, and tells nothing of
/// the server's insides.
@EndToEnd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MistakesTests {

  private final Api api;
  private String dataset = "";
  private String job = "";

  MistakesTests(Api api) {
    this.api = api;
  }

  @BeforeAll
  void makeWhatMistakesAreAbout() {
    dataset = api.upload("mistakes", "a,kind,y\n1,red,1\n2,blue,3\n3,red,2\n");
    job =
        api.train(
                """
                {"name": "mistakes", "training": {"epochs": 20},
                 "dataset": {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]],
                             "targets": [[0], [1], [1], [0]]}}""")
            .get("id")
            .asString();
  }

  @ParameterizedTest
  @MethodSource("dev.backprop.e2e.Mistakes#all")
  void getAnAnswerThatHelps(Mistake mistake) {
    Reply reply = send(mistake);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(mistake.status());
    JsonNode problem = assertIsProblem(reply);
    assertThat(problem.get("type").asString()).isEqualTo("/problems/" + mistake.slug());
    for (Mistake.Answer answer : mistake.answers()) {
      assertThat(details(problem, answer.place()))
          .as("%s in %s", answer.place(), reply)
          .anySatisfy(detail -> assertThat(detail).contains(answer.words()));
    }
  }

  @Test
  void areAnsweredWithTheMethodsThatThereAre() {
    assertThat(allowed(api.send("PUT", Api.JOBS))).containsExactlyInAnyOrder("GET", "POST");
    assertThat(allowed(api.send("PUT", Api.JOBS + "/" + job)))
        .containsExactlyInAnyOrder("GET", "PATCH", "DELETE");
  }

  private static String[] allowed(Reply reply) {
    return reply.expect(405).header("Allow").split(", ", -1);
  }

  @Test
  void inRowsToPredictForAreAnsweredInTheirPlace() {
    JsonNode predictions =
        api.post(
                Api.MODELS + "/mistakes/predict",
                """
                {"inputs": [[0, 1], [1], [0, 1, 0], [0, "a"], [null, 1], null, [[1], 1], [0, 1e300],
                            [9, 1]]}""")
            .expect(200)
            .json()
            .get("predictions");
    assertThat(predictions.get(0).at("/values/y1").isNumber()).isTrue();
    List<String> errors = new ArrayList<>();
    for (int row = 1; row < 8; row++) {
      if (row == 4) {
        continue; // a missing value is no mistake
      }
      assertThat(predictions.get(row).has("values")).isFalse();
      errors.add(predictions.get(row).get("error").asString());
    }
    assertThat(errors)
        .containsExactly(
            "the row has 1 values, the model has 2 features",
            "the row has 3 values, the model has 2 features",
            "x2: a number is expected, not the text 'a'",
            "the row is null",
            "a value is a number or a text, not an array or object",
            "x2: the value is beyond a 32-bit float, whose largest number is 3.4e38");
    assertThat(predictions.get(4).at("/values/y1").isNumber()).isTrue();
    assertThat(predictions.get(4).at("/flags/0").asString())
        .isEqualTo("x1: missing, 0.5 stands in");
    assertThat(predictions.get(8).at("/values/y1").isNumber()).isTrue();
    assertThat(predictions.get(8).at("/flags/0").asString())
        .isEqualTo("x1: above the training range [0.0, 1.0]");
  }

  @Test
  void inNamesOfFeaturesAreAnsweredInTheirPlace() {
    JsonNode predictions =
        api.post(
                Api.MODELS + "/mistakes/predict",
                "{\"rows\": [{\"x1\": 0, \"x3\": 1}, {\"x1\": 0}, {\"x2\": 1, \"x1\": 0}]}")
            .expect(200)
            .json()
            .get("predictions");
    assertThat(predictions.get(0).get("error").asString())
        .isEqualTo("there is no feature 'x3'; the features are x1, x2");
    assertThat(predictions.get(1).at("/flags/0").asString())
        .isEqualTo("x2: missing, 0.5 stands in");
    assertThat(predictions.get(2).at("/values/y1").isNumber()).isTrue();
  }

  @Test
  void ofTheHostAreRefused() {
    String reply =
        api.raw("GET /api/v1/jobs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assertThat(reply)
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json")
        .contains("/problems/host-not-allowed")
        .contains("backprop.security.allowed-hosts");
  }

  @Test
  void inTheRequestLineAreAnsweredWithAProblem() {
    String reply =
        api.raw("GET /api/v1/jobs?q={} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(reply).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
    assertTellsNothingOfTheInside(reply);
  }

  @Test
  void ofAWebPageFromElsewhereFindNoOpenDoor() {
    Reply reply = api.get(Api.JOBS, "Origin", "http://evil.example");
    assertThat(reply.optionalHeader("Access-Control-Allow-Origin")).isEmpty();
    Reply preflight =
        api.send(
            "OPTIONS",
            Api.JOBS,
            "Origin",
            "http://evil.example",
            "Access-Control-Request-Method",
            "POST");
    assertThat(preflight.optionalHeader("Access-Control-Allow-Origin")).isEmpty();
    assertThat(preflight.optionalHeader("Access-Control-Allow-Methods")).isEmpty();
  }

  @Test
  void haveAPageForEachType() {
    JsonNode types = api.get("/problems", "Accept", "application/json").expect(200).json();
    assertThat(types.size()).isGreaterThan(10);
    for (JsonNode type : types) {
      String page = api.get(type.get("type").asString(), "Accept", "text/html").expect(200).body();
      assertThat(page).contains("What to do");
    }
  }

  private Reply send(Mistake mistake) {
    String path = fill(mistake.path());
    if (mistake.body() == null) {
      return api.send(mistake.method(), path, mistake.headers());
    }
    String body = fill(mistake.body());
    return switch (mistake.method()) {
      case "PATCH" -> api.patch(path, body, mistake.headers());
      case "PUT" -> api.put(path, body, mistake.headers());
      default -> api.post(path, body, mistake.headers());
    };
  }

  private String fill(String text) {
    return text.replace("{dataset}", dataset).replace("{job}", job).replace("{model}", "mistakes");
  }

  private static JsonNode assertIsProblem(Reply reply) {
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    assertTellsNothingOfTheInside(reply.body());
    JsonNode problem = reply.json();
    assertThat(problem.get("title").asString()).isNotBlank();
    assertThat(problem.get("detail").asString()).isNotBlank();
    assertThat(problem.get("status").asInt()).isEqualTo(reply.status());
    assertThat(reply.response().uri().getRawPath()).isEqualTo(problem.get("instance").asString());
    return problem;
  }

  /// No stack trace, no class or package, no file of the server.
  private static void assertTellsNothingOfTheInside(String body) {
    assertThat(body)
        .doesNotContain("Exception", "\tat ", "java.", "dev.backprop", "springframework")
        .doesNotContain("jackson", "tomcat", "Tomcat", ".java", "/home", "/usr", "target/");
  }

  /// The details at a place of the problem.
  private static List<String> details(JsonNode problem, String place) {
    List<String> details = new ArrayList<>();
    if (place.isEmpty()) {
      details.add(problem.get("detail").asString());
    }
    for (JsonNode error : problem.path("errors")) {
      if (place(error).equals(place)) {
        details.add(error.get("detail").asString());
      }
    }
    return details;
  }

  private static String place(JsonNode error) {
    return error.has("pointer")
        ? error.get("pointer").asString()
        : "line "
            + error.get("line").asInt()
            + (error.has("column") ? ", column " + error.get("column").asString() : "");
  }
}
