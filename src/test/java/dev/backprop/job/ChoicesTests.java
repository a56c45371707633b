package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
  void trainsWithDropoutAndNoiseAndEchoesThem() {
    JsonNode job =
        finished(
            """
            {"network": {"hidden": [{"units": 4, "dropout": 0.25}, {"units": 3}]},
             "training": {"inputDropout": 0.125, "inputNoise": 0.5}}""");

    assertThat(job.path("status").asString()).isEqualTo("succeeded");
    assertThat(job.at("/spec/network/hidden/0/dropout").asDouble()).isEqualTo(0.25);
    assertThat(job.at("/spec/network/hidden/1/dropout").asDouble()).isZero();
    assertThat(job.at("/spec/training/inputDropout").asDouble()).isEqualTo(0.125);
    assertThat(job.at("/spec/training/inputNoise").asDouble()).isEqualTo(0.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "-0.5", "1e300"})
  void refusesADropoutOutOfRangeByName(String dropout) {
    JsonNode problem =
        refused("{\"network\": {\"hidden\": [{\"units\": 4, \"dropout\": " + dropout + "}]}}", 400);

    assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("#/network/hidden/0/dropout");
    assertThat(problem.at("/errors/0/detail").asString()).contains("must be from 0 to below 1");
    assertThat(problem.path("errors").size()).isEqualTo(1);
  }

  static List<Arguments> normalizations() {
    return List.of(
        Arguments.of("'none'", "'none'"),
        Arguments.of("null", "'none'"),
        Arguments.of("'layer'", "'layer'"),
        Arguments.of("{'momentum':0.1,'epsilon':1e-5,'type':'batch'}", "'batch'"),
        Arguments.of("{'type':'batch','epsilon':null}", "'batch'"),
        Arguments.of(
            "{'epsilon':0.5,'momentum':1,'type':'batch'}",
            "{'type':'batch','momentum':1.0,'epsilon':0.5}"),
        Arguments.of(
            "{'type':'batch','momentum':0.5}", "{'type':'batch','momentum':0.5,'epsilon':1.0E-5}"),
        Arguments.of("{'type':'layer','epsilon':0.5}", "{'type':'layer','epsilon':0.5}"));
  }

  @ParameterizedTest
  @MethodSource("normalizations")
  void trainsWithEveryNormalizationAndEchoesIt(String given, String echoed) {
    JsonNode job =
        finished(
            "{\"network\": {\"hidden\": [{\"units\": 4, \"normalization\": %s}]}}"
                .formatted(given.replace('\'', '"')));

    assertThat(job.path("status").asString()).isEqualTo("succeeded");
    assertThat(job.at("/spec/network/hidden/0/normalization").toString())
        .isEqualTo(echoed.replace('\'', '"'));
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

  /// A task with a loss, the targets it takes, and the output it gets where none is given.
  static List<Arguments> losses() {
    return List.of(
        Arguments.of("regression", "meanSquaredError", "0.5, 1, -2, 3", "linear"),
        Arguments.of("regression", "meanAbsoluteError", "0.5, 1, -2, 3", "linear"),
        Arguments.of("regression", "huber", "0.5, 1, -2, 3", "linear"),
        Arguments.of("regression", "logCosh", "0.5, 1, -2, 3", "linear"),
        Arguments.of("regression", "quantile", "0.5, 1, -2, 3", "linear"),
        Arguments.of("regression", "poisson", "0, 1, 2, 3", "softplus"),
        Arguments.of("regression", "binaryCrossEntropy", "0, 0.5, 1, 0", "sigmoid"),
        Arguments.of("classification", "categoricalCrossEntropy", "0, 1, 2, 3", "softmax"),
        Arguments.of("classification", "meanSquaredError", "0, 1, 2, 3", "softmax"),
        Arguments.of("classification", "binaryCrossEntropy", "0, 1, 0, 1", "sigmoid"),
        Arguments.of("classification", "hinge", "0, 1, 0, 1", "linear"),
        Arguments.of("classification", "hinge", "0, 1, 2, 2", "linear"),
        Arguments.of("multilabel", "meanSquaredError", "0, 1, 0, 1", "sigmoid"),
        Arguments.of("multilabel", "hinge", "0, 1, 0, 1", "linear"));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void trainsWithEveryLoss(String task, String loss, String targets, String output) {
    JsonNode job =
        json.readTree(
            post(
                """
                {%s, "task": "%s", "training": {"epochs": 3, "loss": "%s"}}"""
                    .formatted(data(targets), task, loss),
                200));

    assertThat(job.path("status").asString()).isEqualTo("succeeded");
    assertThat(job.at("/spec/training/loss").asString()).isEqualTo(loss);
    assertThat(job.at("/spec/network/output/activation").asString()).isEqualTo(output);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"type\":\"huber\",\"delta\":2.0}", "{\"type\":\"quantile\",\"q\":0.9}"})
  void echoesTheNumberOfALoss(String loss) {
    JsonNode job = finished("{\"training\": {\"epochs\": 1, \"loss\": " + loss + "}}");

    assertThat(job.at("/spec/training/loss").toString()).isEqualTo(loss);
  }

  static List<Arguments> badLosses() {
    return List.of(
        bad(400, "'mse'", "", "there is no loss 'mse'. It is one of: meanSquaredError, mean"),
        bad(400, "{'type': 'quantile', 'q': 1}", "/q", "q must be above 0 and below 1, not 1.0"),
        bad(400, "{'type': 'huber', 'delta': -1}", "/delta", "must be from 1e-6 to 1e6, not -1.0"),
        bad(
            400,
            "{'type': 'categoricalCrossEntropy', 'labelSmoothing': 1}",
            "/labelSmoothing",
            "must be from 0 to below 1, not 1.0"),
        bad(400, "{'type': 'logCosh', 'delta': 1}", "/delta", "The fields are: type"),
        bad(
            422,
            "'hinge'",
            "",
            "the loss hinge does not work behind the output linear; one of: meanSquaredError, meanAbsoluteError, huber, logCosh, quantile. hinge is for the task classification or multilabel."),
        bad(
            422,
            "'categoricalCrossEntropy'",
            "",
            "categoricalCrossEntropy is for the task classification."));
  }

  private static Arguments bad(int status, String value, String below, String detail) {
    return Arguments.of(status, value.replace('\'', '"'), below, detail);
  }

  @ParameterizedTest
  @MethodSource("badLosses")
  void refusesABadLossByName(int status, String loss, String below, String detail) {
    JsonNode problem = refused("{\"training\": {\"loss\": " + loss + "}}", status);

    assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("#/training/loss" + below);
    assertThat(problem.at("/errors/0/detail").asString()).contains(detail);
  }

  @Test
  void saysBehindWhichOutputALossWorks() {
    JsonNode problem =
        refused(
            """
            {"network": {"output": {"activation": "relu"}}, "training": {"loss": "poisson"}}""",
            422);

    assertThat(problem.at("/errors/0/detail").asString())
        .startsWith("the loss poisson does not work behind the output relu; one of: meanSquared")
        .endsWith("poisson works behind the output softplus.");
  }

  @Test
  void refusesTargetsOutOfALossesRange() {
    String request = "{%s, \"task\": \"regression\", \"training\": {\"loss\": \"%s\"}}";

    assertThat(post(request.formatted(data("1, 2, -3, 4"), "poisson"), 422))
        .contains("poisson needs targets from 0 on, column 'y1' has -3.0 to 4.0");
    assertThat(post(request.formatted(data("1, 2, 0, 4"), "binaryCrossEntropy"), 422))
        .contains("binaryCrossEntropy needs targets from 0 to 1, column 'y1' has 0.0 to 4.0");
  }

  @Test
  void predictsWithMarginsInPlaceOfProbabilitiesAfterHinge() {
    post(
        """
        {"name": "hinged", %s, "task": "classification", "network": {"hidden": []},
         "training": {"loss": "hinge", "epochs": 500,
           "optimizer": {"type": "adam", "learningRate": 0.05}}}"""
            .formatted(data("0, 1, 0, 1")),
        200);
    MvcTestResult reply =
        mvc.post()
            .uri("/api/v1/models/hinged/predict")
            .contentType(MediaType.APPLICATION_JSON)
            .content("{\"inputs\": [[0, 0], [1, 1]]}")
            .exchange();
    JsonNode predictions =
        json.readTree(reply.getResponse().getContentAsByteArray()).path("predictions");

    assertThat(predictions.at("/0/label").asString()).isEqualTo("0");
    assertThat(predictions.at("/1/label").asString()).isEqualTo("1");
    assertThat(predictions.at("/1/probabilities").isMissingNode()).isTrue();
    assertThat(predictions.at("/1/margins/1").asDouble()).isGreaterThan(0.9);
    assertThat(predictions.at("/1/margins/0").asDouble())
        .isEqualTo(-predictions.at("/1/margins/1").asDouble());
  }

  static List<Arguments> initializers() {
    return List.of(
        Arguments.of("{'type':'glorotNormal'}", "{'type':'glorotNormal'}"),
        Arguments.of("{'type':'uniform'}", "{'type':'uniform','limit':1.0}"),
        Arguments.of("{'type':'normal'}", "{'type':'normal','standardDeviation':0.05}"),
        Arguments.of(
            "{'type':'normal','standardDeviation':2}", "{'type':'normal','standardDeviation':2.0}"),
        Arguments.of("{'type':'orthogonal'}", "{'type':'orthogonal'}"),
        Arguments.of("null", "{'type':'heUniform'}"));
  }

  @ParameterizedTest
  @MethodSource("initializers")
  void trainsFromEveryInitializer(String given, String echoed) {
    JsonNode job = finished("{\"network\": {\"initializer\": " + given.replace('\'', '"') + "}}");

    assertThat(job.path("status").asString()).isEqualTo("succeeded");
    assertThat(job.at("/spec/network/initializer").toString()).isEqualTo(echoed.replace('\'', '"'));
  }

  @Test
  void trainsFromZerosWithoutHiddenLayers() {
    JsonNode job =
        finished("{\"network\": {\"hidden\": [], \"initializer\": {\"type\": \"zeros\"}}}");

    assertThat(job.path("status").asString()).isEqualTo("succeeded");
  }

  static List<Arguments> badInitializers() {
    return List.of(
        bad(400, "{'type':'ortogonal'}", "/type", "did you mean 'orthogonal'?"),
        bad(400, "{'type':'normal','standardDeviation':0}", "/standardDeviation", "1e30"),
        bad(
            422,
            "{'type':'uniform','standardDeviation':1}",
            "/standardDeviation",
            "only the type normal has a standardDeviation"),
        bad(400, "{'type':'uniform','limit':1e39}", "/limit", "must be from 1e-30 to 1e30"),
        bad(422, "{'type':'normal','limit':1}", "/limit", "only the type uniform has a limit"),
        bad(422, "{'type':'zeros'}", "/type", "for a network without hidden layers"));
  }

  @ParameterizedTest
  @MethodSource("badInitializers")
  void refusesABadInitializerByName(int status, String value, String below, String detail) {
    JsonNode problem = refused("{\"network\": {\"initializer\": " + value + "}}", status);

    assertThat(problem.at("/errors/0/pointer").asString())
        .isEqualTo("#/network/initializer" + below);
    assertThat(problem.at("/errors/0/detail").asString()).contains(detail);
    assertThat(problem.path("errors").size()).isEqualTo(1);
  }

  @Test
  void theDocumentHasFormulasRangesAndTheTableOfWhatFits() {
    JsonNode schemas =
        json.readTree(
                mvc.get().uri("/v3/api-docs").exchange().getResponse().getContentAsByteArray())
            .at("/components/schemas");
    JsonNode loss = schemas.at("/TrainingSettings/properties/loss");
    JsonNode activation = schemas.at("/Layer/properties/activation");

    assertThat(loss.path("type").toString()).contains("string", "object");
    assertThat(loss.path("description").asString())
        .contains("`q`, above 0 and below 1, by default 0.5")
        .contains("| regression | softplus | poisson |")
        .contains("| classification, multilabel | linear, tanh | hinge |");
    assertThat(activation.path("type").toString()).contains("string", "object");
    assertThat(activation.path("description").asString())
        .contains("`slope`, from 0 to below 1, by default 0.01");
    assertThat(schemas.at("/Layer/properties/normalization/description").asString())
        .contains("`momentum`, above 0 and at most 1, by default 0.1")
        .contains("running ← (1 − momentum)·running + momentum·batch");
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
    String rest = spec.strip().substring(1);
    String epochs = spec.contains("\"training\"") ? "" : "\"training\": {\"epochs\": 3}, ";
    return json.readTree(post("{" + epochs + data("0.5, 1, 2, 3") + ", " + rest, status));
  }

  private String post(String body, int status) {
    MvcTestResult result =
        mvc.post()
            .uri("/api/v1/jobs")
            .header("Prefer", "wait=30")
            .contentType(MediaType.APPLICATION_JSON)
            .content(body)
            .exchange();
    assertThat(result).hasStatus(status);
    return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
  }

  /// Four rows of two inputs.
  private static String data(String targets) {
    String rows = targets.replaceAll("[^, ]+", "[$0]");
    return "\"dataset\": {\"inputs\": [[0, 0], [0, 1], [1, 0], [1, 1]], \"targets\": ["
        + rows
        + "]}";
  }
}
