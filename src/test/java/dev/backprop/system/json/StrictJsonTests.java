package dev.backprop.system.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.backprop.problem.Bound;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonBinder;
import dev.backprop.problem.JsonErrors;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(properties = "backprop.http.max-json-body=128KB")
@AutoConfigureMockMvc
@Import(StrictJsonTests.TestController.class)
class StrictJsonTests {

  @Autowired private MockMvcTester mvc;
  @Autowired private JsonMapper json;

  static Stream<Arguments> nastyBodies() {
    return Stream.of(
        // names
        field("'learningrat': 1", "#/learningrat", "did you mean 'learningRate'? The fields are: "),
        field(
            "'zzz': {'a': [1, {}]}",
            "#/zzz",
            "There is no field 'zzz' here. The fields are: activation, at, epochs"),
        field("'a/b~c d': 1", "#/a~1b~0c%20d", "There is no field 'a/b~c d' here"),
        field("'network': {'hiden': []}", "#/network/hiden", "did you mean 'hidden'"),
        field(
            "'network': {'hidden': [{'units': 1, 'unit': 2}]}",
            "#/network/hidden/0/unit",
            "'units'"),
        // whole numbers
        field("'epochs': '3'", "#/epochs", "expected a whole number, got the string \"3\""),
        field("'epochs': 3.7", "#/epochs", "expected a whole number, got 3.7"),
        field("'epochs': 3.0", "#/epochs", "expected a whole number, got 3.0"),
        field("'epochs': null", "#/epochs", "expected a whole number, got null"),
        field("'epochs': true", "#/epochs", "expected a whole number, got true"),
        field("'epochs': [3]", "#/epochs", "expected a whole number, got an array"),
        field("'epochs': {'a': 1}", "#/epochs", "expected a whole number, got an object"),
        field("'epochs': 3000000000", "#/epochs", "beyond the range of a 32-bit whole number"),
        field("'seed': 9223372036854775808", "#/seed", "beyond the range of a 64-bit whole number"),
        body("{}", "#/epochs", "is required: a whole number"),
        // floats
        field("'learningRate': 1e400", "#/learningRate", "1e400 is beyond the range of a 64-bit"),
        field("'learningRate': -1e400", "#/learningRate", "-1e400 is beyond the range"),
        field("'rate32': 1e39", "#/rate32", "1e39 is beyond the range of a 32-bit float"),
        field(
            "'learningRate': 'NaN'", "#/learningRate", "expected a number, got the string \"NaN\""),
        field("'learningRate': 'Infinity'", "#/learningRate", "expected a number, got the string"),
        field("'learningRate': ''", "#/learningRate", "expected a number, got the string \"\""),
        field("'learningRate': false", "#/learningRate", "expected a number, got false"),
        field("'learningRate': NaN", "#", "'NaN' is not a JSON value"),
        field("'extra': {'deep': [1, 1e999]}", "#/extra/deep/1", "1e999 is beyond the range"),
        // truth and text
        field("'shuffle': 'true'", "#/shuffle", "expected true or false, got the string \"true\""),
        field("'shuffle': 1", "#/shuffle", "expected true or false, got 1"),
        field("'name': 5", "#/name", "expected a string, got 5"),
        field("'name': ['x']", "#/name", "expected a string, got an array"),
        field("'name': ' '", "#/name", "must not be blank"),
        field("'at': 'yesterday'", "#/at", "expected a time such as"),
        // arrays and objects
        field("'network': []", "#/network", "expected an object, got an array"),
        field("'network': ''", "#/network", "expected an object, got the string \"\""),
        field("'network': 'big'", "#/network", "expected an object, got the string \"big\""),
        field("'network': {'hidden': {}}", "#/network/hidden", "expected an array, got an object"),
        field("'network': {'hidden': ''}", "#/network/hidden", "expected an array, got the string"),
        field("'network': {'hidden': 7}", "#/network/hidden", "expected an array, got 7"),
        field("'network': {'hidden': [3]}", "#/network/hidden/0", "expected an object, got 3"),
        field("'network': {'hidden': [null]}", "#/network/hidden/0", "must not be null"),
        field("'sizes': [1, '2', 3.5]", "#/sizes/1", "expected a whole number, got the string"),
        field("'sizes': [1, '2', 3.5]", "#/sizes/2", "expected a whole number, got 3.5"),
        field(
            "'weights': [[1, 2], [3, 'x']]", "#/weights/1/1", "expected a number, got the string"),
        field("'weights': [[1, null]]", "#/weights/0/1", "expected a number, got null"),
        field("'weights': [[1e39]]", "#/weights/0/0", "beyond the range of a 32-bit float"),
        field("'weights': [1]", "#/weights/0", "expected an array of numbers, got 1"),
        field("'named': []", "#/named", "expected an object, got an array"),
        // choices
        field(
            "'activation': 'RELU'",
            "#/activation",
            "there is no activation 'RELU'; did you mean 'relu'?"),
        field(
            "'activation': 'leakyRel'",
            "#/activation",
            "'leakyRelu'? One of: sigmoid, relu, leakyRelu"),
        field("'activation': 'qqqqqq'", "#/activation", "It is one of: sigmoid, relu, leakyRelu"),
        field("'activation': 0", "#/activation", "expected one of sigmoid, relu, leakyRelu, got 0"),
        field("'activation': ''", "#/activation", "there is no activation ''"),
        field(
            "'optimizer': {'type': 'adm'}",
            "#/optimizer/type",
            "there is no optimizer 'adm'; did you mean 'adam'? One of: adam, sgd"),
        field(
            "'optimizer': {'learningRate': 1}",
            "#/optimizer/type",
            "is required; one of: adam, sgd"),
        field("'optimizer': {}", "#/optimizer/type", "is required; one of: adam, sgd"),
        field("'optimizer': {'type': null}", "#/optimizer/type", "is required"),
        field(
            "'optimizer': {'type': 'java.lang.Runtime'}",
            "#/optimizer/type",
            "there is no optimizer"),
        field(
            "'optimizer': 'adam'",
            "#/optimizer",
            "expected an object with a 'type', got the string \"adam\""),
        field(
            "'optimizer': ['adam', {}]",
            "#/optimizer",
            "expected an object with a 'type', got an array"),
        field(
            "'optimizer': {'type': 'sgd', 'rate': 1}",
            "#/optimizer/rate",
            "There is no field 'rate'"),
        field(
            "'optimizer': {'learningRate': '1', 'type': 'sgd'}",
            "#/optimizer/learningRate",
            "got the string \"1\""),
        field(
            "'optimizer': {'x': {'y': 1}, 'type': 'sgd'}",
            "#/optimizer/x",
            "There is no field 'x'"),
        field(
            "'optimizer': {'schedule': {'every': 'a', 'type': 'step'}, 'type': 'sgd'}",
            "#/optimizer/schedule/every",
            "got the string \"a\""),
        field(
            "'optimizer': {'schedule': {'every': 1, 'type': 'stop'}, 'type': 'sgd'}",
            "#/optimizer/schedule/type",
            "there is no schedule 'stop'; did you mean 'step'?"),
        field(
            "'optimizer': {'schedule': {'every': 1}, 'type': 'sgd'}",
            "#/optimizer/schedule/type",
            "is required"),
        field(
            "'optimizer': {'schedule': {'type': 'step', 'evry': 1}, 'type': 'sgd'}",
            "#/optimizer/schedule/evry",
            "did you mean 'every'"),
        // bounds
        field(
            "'network': {'hidden': [{'units': 0}]}",
            "#/network/hidden/0/units",
            "must be greater than or equal to 1, got 0"),
        field("'network': {'hidden': []}", "#/network/hidden", "size must be between 1 and 3"),
        field("'network': {}", "#/network/hidden", "must not be null"),
        field(
            "'named': {'a/b': {'units': 9999}}",
            "#/named/a~1b/units",
            "must be less than or equal to 4096, got 9999"),
        field(
            "'optimizer': {'type': 'sgd', 'learningRate': -1}",
            "#/optimizer/learningRate",
            "must be greater than 0, got -1.0"),
        field("'range': {'from': 3, 'to': 1}", "#/range", "from must be below to"),
        field("'pair': {'a': 2, 'b': 1}", "#/pair", "a must not be above b"),
        field("'table': [[1], [2, 3]]", "#/table/1", "rows have unequal lengths"),
        // text that is not JSON, or not alone
        body("{'epochs': 1,}", "#", "line 1, column 14: unexpected '}'"),
        body("{\n 'epochs': 1\n 'name': 'x'}", "#", "line 3, column 2: unexpected '\"'"),
        body("{'epochs': 1", "#", "the text ends before the value is complete"),
        body("{'epochs': 1} {}", "#", "line 1, column 15: something follows the end"),
        body("{'epochs': 1, 'epochs': 2}", "#", "the field 'epochs' is given twice"),
        body("{'epochs': tru}", "#", "'tru' is not a JSON value"),
        body("{'epochs': 01}", "#", "not well-formed JSON at line 1"),
        body("{'epochs': +1}", "#", "not well-formed JSON at line 1"),
        body("{'epochs': 1} // done", "#", "unexpected '/'"),
        body("epochs=1", "#", "'epochs' is not a JSON value"),
        body("   ", "#", "The body is empty"),
        body("null", "#", "The body is null"),
        body("[]", "#", "expected an object, got an array"),
        body("3", "#", "expected an object, got 3"),
        body("'{}'", "#", "expected an object, got the string \"{}\""),
        body("[".repeat(100_000), "#", "may be nested 32 deep"),
        body(
            "{'extra': " + "{'a':".repeat(40) + "1" + "}".repeat(41), "#", "may be nested 32 deep"),
        field("'learningRate': 0." + "1".repeat(70), "#", "a number may have 64 characters"),
        field("'name': '" + "x".repeat(70_000) + "'", "#", "a string may have 65536 characters"),
        field("'" + "x".repeat(300) + "': 1", "#", "the name of a field may have 256 characters"),
        body("{'name': 'a\u0001b'}", "#", "not well-formed JSON at line 1"));
  }

  private static Arguments field(String field, String pointer, String fragment) {
    String epochs = field.startsWith("'epochs'") ? "" : "'epochs': 1, ";
    return body("{" + epochs + field + "}", pointer, fragment);
  }

  private static Arguments body(String body, String pointer, String fragment) {
    return Arguments.of(body.replace('\'', '"'), pointer, fragment);
  }

  @ParameterizedTest
  @MethodSource("nastyBodies")
  void saysWhatIsWrongAndWhere(String body, String pointer, String fragment) {
    JsonNode problem = problem(post("/strict-json/plain", body), 400);

    assertThat(problem.get("type").asString()).isEqualTo("/problems/invalid-request");
    assertThat(problem.get("errors").valueStream())
        .as("errors of %s", problem)
        .anySatisfy(
            error -> {
              assertThat(error.get("pointer").asString()).isEqualTo(pointer);
              assertThat(error.get("detail").asString()).contains(fragment);
            });
    assertThat(problem.toString())
        .doesNotContain("dev.backprop", "tools.jackson", "Exception", "StrictJsonTests", "Feature");
  }

  @ParameterizedTest
  @MethodSource("nastyBodies")
  void reportsNothingElseWhereOneThingIsWrong(String body, String pointer, String fragment) {
    JsonNode problem = problem(post("/strict-json/plain", body), 400);

    // a misspelt field that is required is missing, too; the others have two mistakes by intention
    boolean two = Stream.of("hiden", "evry", "[[[[", "\"2\", 3.5").anyMatch(body::contains);
    assertThat(problem.get("errors")).as("%s", problem).hasSize(two ? 2 : 1);
  }

  @Test
  void findsAllMistakesAtOnce() {
    JsonNode problem =
        problem(
            post(
                "/strict-json/plain",
                """
                {"epochs": "many", "naem": "x", "learningRate": 1e999,
                 "network": {"hidden": [{"units": 0}, {"units": 4.5, "activation": "rleu"}]},
                 "optimizer": {"momentum": "high", "type": "sgd"}}
                """),
            400);

    assertThat(problem.get("errors").valueStream().map(error -> error.get("pointer").asString()))
        .containsExactlyInAnyOrder(
            "#/epochs",
            "#/naem",
            "#/learningRate",
            "#/network/hidden/0/units",
            "#/network/hidden/1/units",
            "#/network/hidden/1/activation",
            "#/optimizer/momentum");
    assertThat(problem.get("detail").asString()).isEqualTo("7 errors, each with its place");
  }

  @Test
  void keepsWhatWasFoundBeforeTheTextBreaksOff() {
    JsonNode problem = problem(post("/strict-json/plain", "{\"epochs\": \"x\", \"name\": }"), 400);

    assertThat(problem.get("errors").valueStream().map(error -> error.get("pointer").asString()))
        .containsExactly("#/epochs", "#");
  }

  @Test
  void namesUnknownFieldsOfARecordThatRefusesItsValues() {
    JsonNode problem =
        problem(
            post(
                "/strict-json/plain",
                "{\"epochs\": 1, \"range\": {\"from\": 3, \"to\": 1, \"fro\": 2}}"),
            400);

    assertThat(problem.get("errors").valueStream().map(error -> error.get("pointer").asString()))
        .containsExactlyInAnyOrder("#/range", "#/range/fro");
  }

  @Test
  void bindsATreeAsStrictlyAsABody(@Autowired JsonBinder binder) {
    JsonNode tree =
        json.readTree("{\"epochs\": 2.5, \"sizes\": [1, \"2\"], \"learningRate\": 1e999}");

    Bound<Order> order = binder.bind(tree, Order.class);

    assertThat(order.errors())
        .extracting(InputError::pointer)
        .containsExactly("#/epochs", "#/sizes/1", "#/learningRate");
  }

  @Test
  void bindsWhatIsRight() {
    MvcTestResult result =
        post(
            "/strict-json/plain",
            """
            {"epochs": 7, "learningRate": 1, "rate32": 0.5, "shuffle": false, "name": "ä",
             "network": {"hidden": [{"units": 2, "activation": "leakyRelu"}]},
             "optimizer": {"learningRate": 0.1, "schedule": {"every": 3, "type": "step"},
               "type": "sgd"},
             "sizes": [1, 2], "weights": [[1, 2.5], []], "named": {"k": {"units": 3}},
             "extra": {"a": [1, 2.5, "x", null, true]}, "id": "ds_1", "at": "2026-01-31T12:00:00Z"}
            """);

    assertThat(result).hasStatusOk();
    JsonNode echo = json.readTree(text(result));
    assertThat(echo.at("/network/hidden/0/activation").asString()).isEqualTo("leakyRelu");
    assertThat(echo.at("/optimizer/schedule/every").asInt()).isEqualTo(3);
    assertThat(echo.at("/optimizer/type").asString()).isEqualTo("sgd");
    assertThat(echo.at("/weights/0/1").asDouble()).isEqualTo(2.5);
    assertThat(echo.at("/at").asString()).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(echo.at("/name").asString()).isEqualTo("ä");
    assertThat(echo.at("/id").asString()).isEqualTo("ds_1");
  }

  @Test
  void handsValueAndErrorsToAControllerThatAsksForBoth() {
    MvcTestResult result =
        post("/strict-json/bound", "{\"epochs\": 7, \"seed\": \"x\", \"name\": \"\"}");

    assertThat(result).hasStatusOk();
    JsonNode bound = json.readTree(text(result));
    assertThat(bound.at("/value/epochs").asInt()).isEqualTo(7);
    assertThat(bound.at("/value/seed").isNull()).isTrue();
    assertThat(bound.get("errors").valueStream().map(error -> error.get("pointer").asString()))
        .containsExactly("#/seed", "#/name");
  }

  @Test
  void endsTheRequestOverMalformedTextEvenForAControllerThatAsksForBoth() {
    problem(post("/strict-json/bound", "{\"epochs\": "), 400);
    problem(post("/strict-json/bound", "[]"), 400);
  }

  @Test
  void listsAtMostFiftyErrors() {
    String many = "\"x\",".repeat(200) + "\"x\"";
    JsonNode problem =
        problem(post("/strict-json/plain", "{\"epochs\": 1, \"sizes\": [" + many + "]}"), 400);

    assertThat(problem.get("errors")).hasSize(InputErrors.LIMIT);
    assertThat(problem.get("detail").asString()).startsWith("201 errors, the first 50");
  }

  @Test
  void refusesABodyOverTheLimit() {
    String padded = "{\"epochs\": 1" + " ".repeat(130 << 10) + "}";

    JsonNode problem = problem(post("/strict-json/plain", padded), 413);

    assertThat(problem.get("detail").asString())
        .contains("backprop.http.max-json-body allows 131072");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    MvcTestResult result =
        mvc.post()
            .uri("/strict-json/plain")
            .contentType(MediaType.APPLICATION_JSON)
            .content(new byte[] {'{', '"', 'n', (byte) 0xff, '"', ':', '1', '}'})
            .exchange();

    assertThat(problem(result, 400).at("/errors/0/detail").asString()).contains("not UTF-8");
  }

  @Test
  void takesOtherRequestsForNoBody() {
    MvcTestResult result =
        mvc.post().uri("/strict-json/plain").contentType(MediaType.APPLICATION_JSON).exchange();

    assertThat(problem(result, 400).get("detail").asString()).contains("A body is needed");
  }

  private MvcTestResult post(String path, String body) {
    return mvc.post()
        .uri(path)
        .contentType(MediaType.APPLICATION_JSON)
        .content(body.getBytes(StandardCharsets.UTF_8))
        .exchange();
  }

  private JsonNode problem(MvcTestResult result, int status) {
    assertThat(result).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return json.readTree(text(result));
  }

  private static String text(MvcTestResult result) {
    return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
  }

  record Order(
      @Nullable @Pattern(regexp = ".*\\S.*", message = "must not be blank") String name,
      int epochs,
      @Nullable Long seed,
      @Nullable Double learningRate,
      @Nullable Float rate32,
      @Nullable Boolean shuffle,
      @Nullable Activation activation,
      @Nullable @Valid Network network,
      @Nullable @Valid Optimizer optimizer,
      @Nullable List<@NotNull Integer> sizes,
      @Nullable List<float[]> weights,
      @Nullable Map<String, @Valid Layer> named,
      @Nullable Map<String, Object> extra,
      @Nullable Instant at,
      @Nullable Id id,
      @Nullable Range range,
      @Nullable @Valid Pair pair,
      @JsonDeserialize(using = TableReader.class) @Nullable Table table) {}

  record Network(@NotNull @Size(min = 1, max = 3) List<@NotNull @Valid Layer> hidden) {}

  record Layer(@Min(1) @Max(4096) int units, @Nullable Activation activation) {}

  enum Activation {
    SIGMOID,
    RELU,
    LEAKY_RELU
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  sealed interface Optimizer {}

  @JsonTypeName("sgd")
  record Sgd(
      @Nullable @Positive Double learningRate,
      @Nullable Double momentum,
      @Nullable @Valid Schedule schedule)
      implements Optimizer {}

  @JsonTypeName("adam")
  record Adam(@Nullable Double beta1) implements Optimizer {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  sealed interface Schedule {}

  @JsonTypeName("constant")
  record Constant() implements Schedule {}

  @JsonTypeName("step")
  record Step(int every) implements Schedule {}

  record Id(@com.fasterxml.jackson.annotation.JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Id {}
  }

  record Range(int from, int to) {
    Range {
      if (from >= to) {
        throw new IllegalArgumentException("from must be below to");
      }
    }
  }

  record Pair(int a, int b) {
    @AssertTrue(message = "a must not be above b")
    boolean isOrdered() {
      return a <= b;
    }
  }

  /// Rows of equal length, read by a reader of its own as a data set's are.
  record Table(int width) {}

  static final class TableReader extends StdDeserializer<Table> {

    TableReader() {
      super(Table.class);
    }

    @Override
    public Table deserialize(JsonParser parser, DeserializationContext context) {
      int width = -1;
      while (parser.nextToken() != tools.jackson.core.JsonToken.END_ARRAY) {
        String row = JsonErrors.pointer(parser, context);
        int length = 0;
        while (parser.nextToken() != tools.jackson.core.JsonToken.END_ARRAY) {
          length++;
        }
        if (width >= 0 && length != width) {
          JsonErrors.report(parser, context, row, "rows have unequal lengths");
        }
        width = length;
      }
      return new Table(width);
    }
  }

  @RestController
  static class TestController {

    @PostMapping("/strict-json/plain")
    Order plain(@RequestBody Order order) {
      return order;
    }

    @PostMapping("/strict-json/bound")
    Map<String, Object> bound(@RequestBody Bound<Order> order) {
      List<InputError> errors = order.errors();
      return Map.of("value", order.value(), "errors", errors);
    }
  }
}
