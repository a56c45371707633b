package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a job's request may choose by name: taken in both forms, echoed, or refused by name.
@SpringBootTest
@AutoConfigureMockMvc
class ChoicesTests {

  @Autowired private MockMvcTester mvc;
  @Autowired private JsonMapper json;

  private static final String NAMES =
      "linear, sigmoid, hardSigmoid, tanh, relu, leakyRelu, elu, selu, gelu, silu, softplus, softsign, softmax";

  static List<String> hiddenActivations() {
    return Stream.of(NAMES.split(", ", -1)).filter(name -> !name.equals("softmax")).toList();
  }

  @ParameterizedTest
  @MethodSource("hiddenActivations")
  void trainsWithEveryHiddenActivation(String name) {
    JsonNode job = finished(hidden('"' + name + '"'));

    assertThat(job.at("/spec/network/hidden/0/activation").asString()).isEqualTo(name);
    assertThat(job.path("status").asString()).isEqualTo("succeeded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"type\":\"leakyRelu\",\"slope\":0.1}", "{\"type\":\"elu\",\"alpha\":0.5}"})
  void echoesANumberThatIsNotTheDefault(String activation) {
    JsonNode job = finished(hidden(activation));

    assertThat(job.at("/spec/network/hidden/0/activation").toString()).isEqualTo(activation);
  }

  static List<Arguments> defaults() {
    return List.of(
        Arguments.of("{\"type\": \"tanh\"}", "tanh"),
        Arguments.of("{\"type\": \"elu\"}", "elu"),
        Arguments.of("{\"slope\": 0.01, \"type\": \"leakyRelu\"}", "leakyRelu"),
        Arguments.of("null", "relu"));
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void echoesDefaultsAsANameAlone(String given, String name) {
    assertThat(finished(hidden(given)).at("/spec/network/hidden/0/activation").asString())
        .isEqualTo(name);
  }

  static List<Arguments> badActivations() {
    return List.of(
        bad(
            "'leakyrelu'",
            "",
            "activation 'leakyrelu'; did you mean 'leakyRelu'? One of: " + NAMES),
        bad("'swish'", "", "there is no activation 'swish'. It is one of: " + NAMES),
        bad("7", "", "expected a name, or an object with a 'type', got 7; the names are " + NAMES),
        bad("['relu']", "", "got an array"),
        bad("{}", "/type", "is required; one of: " + NAMES),
        bad("{'type': 'mish'}", "/type", "there is no activation 'mish'. It is one of: " + NAMES),
        bad("{'type': 3}", "/type", "expected one of " + NAMES + ", got 3"),
        bad("{'type': 'leakyRelu', 'slope': 1}", "/slope", "from 0 to below 1, not 1.0"),
        bad("{'slope': -1, 'type': 'leakyRelu'}", "/slope", "from 0 to below 1, not -1.0"),
        bad("{'type': 'elu', 'alpha': 0}", "/alpha", "above 0 and at most 100, not 0.0"),
        bad("{'type': 'elu', 'alpha': '1'}", "/alpha", "expected a number, got the string \"1\""),
        bad("{'type': 'leakyRelu', 'slop': 0.1}", "/slop", "did you mean 'slope'? The fields are"),
        bad("{'type': 'relu', 'slope': 0.1}", "/slope", "The fields are: type"),
        bad("{'type': 'relu', 'x': {'y': [1]}}", "/x", "There is no field 'x' here"));
  }

  private static Arguments bad(String value, String below, String detail) {
    return Arguments.of(value.replace('\'', '"'), below, detail);
  }

  @ParameterizedTest
  @MethodSource("badActivations")
  void refusesABadActivationByName(String activation, String below, String detail) {
    JsonNode problem = refused(hidden(activation), 400);

    assertThat(problem.at("/errors/0/pointer").asString())
        .isEqualTo("#/network/hidden/0/activation" + below);
    assertThat(problem.at("/errors/0/detail").asString()).contains(detail);
    assertThat(problem.path("errors").size()).isEqualTo(1);
  }

  @Test
  void findsAllThatIsWrongWithAnObjectAndWhatFollows() {
    JsonNode problem =
        refused(
            """
            {"network": {"hidden": [{"activation": {"type": "nolu", "slope": "x"}, "units": 0}]},
             "training": {"epochs": 0}}""",
            400);

    assertThat(problem.path("errors").valueStream().map(error -> error.path("pointer").asString()))
        .containsExactlyInAnyOrder(
            "#/network/hidden/0/activation/type",
            "#/network/hidden/0/activation/slope",
            "#/network/hidden/0/units",
            "#/training/epochs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gelu", "silu"})
  void refusesAnOutputThatIsForHiddenLayers(String name) {
    JsonNode problem =
        refused("{\"network\": {\"output\": {\"activation\": \"" + name + "\"}}}", 422);

    assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("#/network/output/activation");
    assertThat(problem.at("/errors/0/detail").asString())
        .startsWith(
            "the task regression does not work with the output " + name + "; one of: linear");
  }

  private static String hidden(String activation) {
    return "{\"network\": {\"hidden\": [{\"units\": 3, \"activation\": %s}]}}"
        .formatted(activation);
  }

  /// The job of a spec without its data, at its end.
  private JsonNode finished(String spec) {
    return answer(spec, 200);
  }

  private JsonNode refused(String spec, int status) {
    return answer(spec, status);
  }

  private JsonNode answer(String spec, int status) {
    String body = "{\"training\": {\"epochs\": 3}, " + DATA + ", " + spec.strip().substring(1);
    if (spec.contains("\"training\"")) {
      body = "{" + DATA + ", " + spec.strip().substring(1);
    }
    MvcTestResult result =
        mvc.post()
            .uri("/api/v1/jobs")
            .header("Prefer", "wait=30")
            .contentType(MediaType.APPLICATION_JSON)
            .content(body)
            .exchange();
    assertThat(result).hasStatus(status);
    return json.readTree(result.getResponse().getContentAsByteArray());
  }

  private static final String DATA =
      """
      "dataset": {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "targets": [[0.5], [1], [2], [3]]}""";
}
