package dev.backprop.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.PlainBlas;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.dataset.preprocessing.CategoryEncoder;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Model;
import dev.backprop.model.Models;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PredictorTests {

  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
  private static final TargetEncoder VALUE = new TargetEncoder.Values(List.of("y"));

  private final Predictor predictor = new Predictor(new Products(new PlainBlas()));

  /// `y = 2·size + 3·round + 5·[color = red] − 1`, where size is standardized by (x − 10) / 2.
  private final Model fruit = linear(VALUE, new float[] {2, 3, 0, 5}, -1);

  @Test
  void encodesRawRowsAndRunsThemThroughTheNetwork() {
    PredictResponse response =
        predictor.predict(fruit, inputs(List.of(14, 1, "red")), PredictOptions.NONE);
    assertThat(response.model()).isEqualTo("fruit");
    assertThat(response.version()).isEqualTo(7);
    assertThat(response.predictions())
        .containsExactly(
            new Prediction(null, null, null, null, null, Map.of("y", 11f), null, List.of(), null));
  }

  @Test
  void takesRowsInAnyOrderOfFeaturesForTheSame() {
    List<Prediction> expected = predict(fruit, List.of(12.5, 0, "blue"), List.of(8, 1, "red"));
    Map<String, @Nullable Object> first = new LinkedHashMap<>();
    first.put("color", "blue");
    first.put("round", 0);
    first.put("size", 12.5);
    Map<String, @Nullable Object> second = new LinkedHashMap<>();
    second.put("round", 1);
    second.put("size", 8);
    second.put("y", "a target is not looked at");
    second.put("color", "red");
    assertThat(predictor.predict(fruit, rows(first, second), PredictOptions.NONE).predictions())
        .isEqualTo(expected);
  }

  @Test
  void putsErrorsInThePlacesOfBadRowsAndScoresTheOthers() {
    List<Prediction> predictions =
        predict(
            fruit,
            List.of(14, 1, "red"),
            null,
            List.of(14, 1),
            List.of(14, 1, "red", 2),
            List.of(),
            List.of("big", 1, "red"),
            List.of(true, 1, "red"),
            List.of(14, 1, 3),
            Arrays.asList(14, null, "red"),
            List.of(14, 1e39, "red"),
            List.of(14, new BigDecimal("1e400"), "red"),
            List.of(14, List.of(1), "red"),
            List.of(14, Map.of("a", 1), "red"),
            List.of("big", "square", 5),
            List.of(10, 0, "blue"));
    assertThat(predictions)
        .extracting(Prediction::error)
        .containsExactly(
            null,
            "the row is null",
            "the row has 2 values, the model has 3 features",
            "the row has 4 values, the model has 3 features",
            "the row has 0 values, the model has 3 features",
            "size: a number is expected, not the text 'big'",
            "size: a number is expected, not the text 'true'",
            "color: a text is expected, not the number 3",
            "round: the value is missing",
            "round: the value is beyond a 32-bit float, whose largest number is 3.4e38",
            "round: the value is beyond a 32-bit float, whose largest number is 3.4e38",
            "a value is a number or a text, not an array or object",
            "a value is a number or a text, not an array or object",
            "size: a number is expected, not the text 'big';"
                + " round: a number is expected, not the text 'square';"
                + " color: a text is expected, not the number 5",
            null);
    assertThat(predictions.getFirst().values()).containsEntry("y", 11f);
    assertThat(predictions.getLast().values()).containsEntry("y", -1f);
    assertThat(predictions.subList(1, 14)).allMatch(p -> p.values() == null && p.flags() == null);
  }

  @Test
  void takesRowsWithKeysOfTheirOwn() {
    List<Prediction> predictions =
        predictor
            .predict(
                fruit,
                Requests.read(
                    """
                    {"rows": [{"size": 14, "round": 1, "color": "red"},
                      null,
                      {"size": 14, "round": 1, "color": "red"},
                      {"size": 14, "round": 1},
                      {"color": "red", "size": 14, "round": 1},
                      {"color": "red", "size": 14, "round": 1, "y": 3},
                      {},
                      {"size": 14, "round": 1, "color": ["red"]}]}
                    """),
                PredictOptions.NONE)
            .predictions();
    assertThat(predictions)
        .extracting(Prediction::error)
        .containsExactly(
            null,
            "the row is null",
            null,
            "color: the value is missing",
            null,
            null,
            "size: the value is missing; round: the value is missing; color: the value is missing",
            "a value is a number or a text, not an array or object");
    assertThat(List.of(0, 2, 4, 5))
        .allSatisfy(row -> assertThat(predictions.get(row).values()).containsEntry("y", 11f));
  }

  @Test
  void saysWhichFeatureOfARowIsMissingOrUnknown() {
    Map<String, @Nullable Object> unknown = new HashMap<>();
    unknown.put("size", 1);
    unknown.put("weight", 1);
    assertThat(
            predictor
                .predict(
                    fruit,
                    rows(unknown, null, Map.of("size", 14, "color", "red")),
                    PredictOptions.NONE)
                .predictions())
        .extracting(Prediction::error)
        .containsExactly(
            "there is no feature 'weight'; the features are size, round, color",
            "the row is null",
            "round: the value is missing");
  }

  @Test
  void flagsWhatTheTrainingDidNotPrepareFor() {
    Prediction prediction = predict(fruit, List.of(20.5, -1, "violet")).getFirst();
    assertThat(prediction.flags())
        .containsExactly(
            "size: above the training range [6.0, 20.0]",
            "round: below the training range [0.0, 1.0]",
            "color: 'violet' did not occur in training");
    assertThat(prediction.values()).containsEntry("y", 2 * 5.25f - 3 - 1);
  }

  @Test
  void namesNoMoreThanReadersReadHoweverManyFeaturesThereAre() {
    int width = 2_000;
    List<FeatureEncoder> features =
        IntStream.range(0, width)
            .<FeatureEncoder>mapToObj(
                i -> new NumberEncoder("feature" + i, new Scaler.None(), 0, 1, null, false))
            .toList();
    Model wide =
        model(
            new Preprocessor(features, VALUE),
            new Parameters(network(width, 1, new Activation.Linear())));
    List<@Nullable Object> texts = new ArrayList<>(Collections.nCopies(width, "x"));
    assertThat(predict(wide, texts).getFirst().error())
        .startsWith("feature0: a number is expected")
        .endsWith("; feature4: a number is expected, not the text 'x'; and 1995 more");
    assertThat(predict(wide, Collections.nCopies(width, 9)).getFirst().flags())
        .hasSize(21)
        .startsWith("feature0: above the training range [0.0, 1.0]")
        .endsWith("and 1980 more");
    assertThat(
            predictor
                .predict(wide, rows(Map.of("n".repeat(200), 1)), PredictOptions.NONE)
                .predictions()
                .getFirst()
                .error())
        .hasSizeLessThan(400)
        .startsWith("there is no feature 'nnn")
        .endsWith("feature18, feature19 and 1980 more");
  }

  @Test
  void refusesOutputsThatAreNoFiniteNumbers() {
    Model steep = linear(VALUE, new float[] {3e38f, 0, 0, 0}, 0);
    List<Prediction> predictions = predict(steep, List.of(18, 0, "red"), List.of(10, 0, "red"));
    assertThat(predictions.getFirst())
        .isEqualTo(
            Prediction.refused(
                "the network's output is not a finite number for this row, which is far outside of"
                    + " the training range"));
    assertThat(predictions.getLast().values()).containsEntry("y", 0f);
  }

  @Test
  void givesARowTheSameNumbersAloneAndAmongMany() {
    NetworkSpec spec =
        new NetworkSpec(
            4,
            List.of(
                new LayerSpec(19, new Activation.Tanh()),
                new LayerSpec(3, new Activation.Softmax())));
    Model model =
        model(
            new Preprocessor(
                fruitFeatures(), new TargetEncoder.Classes("kind", List.of("a", "b", "c"), false)),
            new Initializer.GlorotNormal().initialize(spec, 1));
    SplitMix64 random = new SplitMix64(2);
    List<@Nullable List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      rows.add(
          i % 100 == 99
              ? null
              : List.of(
                  6 + 14 * random.nextDouble(), random.nextInt(2), i % 2 == 0 ? "red" : "blue"));
    }
    for (Predictor any :
        List.of(predictor, new Predictor(new Products(BlasProvider.best().blas())))) {
      List<Prediction> together =
          any.predict(model, Requests.inputs(rows), PredictOptions.NONE).predictions();
      assertThat(together).hasSize(600);
      for (int i = 0; i < 600; i += i < 550 ? 7 : 1) {
        Prediction alone =
            any.predict(
                    model,
                    Requests.inputs(Collections.singletonList(rows.get(i))),
                    PredictOptions.NONE)
                .predictions()
                .getFirst();
        assertThat(alone.error()).isEqualTo(together.get(i).error());
        if (alone.error() == null) {
          assertThat(alone.label()).isEqualTo(together.get(i).label());
          assertSameNumbers(probabilities(alone), probabilities(together.get(i)));
        }
      }
    }
  }

  /// Products of other shapes may add in another order.
  private static void assertSameNumbers(Map<String, Float> one, Map<String, Float> other) {
    assertThat(other).hasSameSizeAs(one);
    one.forEach((label, p) -> assertThat(other.get(label)).isCloseTo(p, within(1e-6f)));
  }

  @Test
  void givesAWideNetworkFewerRowsAtOnce() {
    NetworkSpec wide =
        new NetworkSpec(
            1,
            List.of(
                new LayerSpec(1_000_000, new Activation.Linear()),
                new LayerSpec(1, new Activation.Linear())));
    Parameters parameters = new Parameters(wide);
    parameters.weights(0).set(0, 999_999, 2);
    parameters.weights(1).set(999_999, 0, 3);
    Model model =
        model(
            new Preprocessor(
                List.of(new NumberEncoder("x", new Scaler.None(), 0, 10, null, false)), VALUE),
            parameters);
    assertThat(predict(model, List.of(1), List.of(2), List.of(3), List.of(4), List.of(5)))
        .extracting(Prediction::values)
        .containsExactly(
            Map.of("y", 6f),
            Map.of("y", 12f),
            Map.of("y", 18f),
            Map.of("y", 24f),
            Map.of("y", 30f));
  }

  @Test
  void namesTheLikeliestClass() {
    Model model =
        model(
            new Preprocessor(
                List.of(new NumberEncoder("x", new Scaler.None(), 0, 1, null, false)),
                new TargetEncoder.Classes("kind", List.of("a", "b", "c"), false)),
            parameters(1, new Activation.Softmax(), new float[] {0, 1, -1}, new float[] {0, 0, 0}));
    Prediction prediction = predict(model, List.of(1)).getFirst();
    assertThat(prediction.label()).isEqualTo("b");
    double sum = 1 + Math.E + 1 / Math.E;
    Map<String, Float> probabilities = probabilities(prediction);
    assertThat(probabilities).containsOnlyKeys("a", "b", "c");
    assertThat(probabilities.get("b")).isCloseTo((float) (Math.E / sum), within(1e-6f));
    assertThat(predict(model, List.of(0)).getFirst().label()).as("of equal ones").isEqualTo("a");
  }

  @Test
  void givesTwoClassesTheProbabilitiesOfOneOutput() {
    Model model =
        model(
            new Preprocessor(
                List.of(new NumberEncoder("x", new Scaler.None(), -9, 9, null, false)),
                new TargetEncoder.Classes("alive", List.of("no", "yes"), true)),
            parameters(1, new Activation.Sigmoid(), new float[] {1}, new float[] {0}));
    for (double x : new double[] {-9, -1, -0.1, 0, 0.1, 1, 9}) {
      Prediction prediction = predict(model, List.of(x)).getFirst();
      Map<String, Float> probabilities = probabilities(prediction);
      assertThat(probabilities).containsOnlyKeys("no", "yes");
      assertThat(probabilities.get("yes"))
          .isCloseTo((float) (1 / (1 + Math.exp(-x))), within(1e-6f));
      assertThat(probabilities.values().stream().mapToDouble(Float::doubleValue).sum())
          .isCloseTo(1, within(1e-6));
      assertThat(prediction.label()).isEqualTo(x >= 0 ? "yes" : "no");
    }
  }

  @Test
  void namesEveryLabelOfOneHalfOrMore() {
    Model model =
        model(
            new Preprocessor(
                List.of(new NumberEncoder("x", new Scaler.None(), -9, 9, null, false)),
                new TargetEncoder.Labels(List.of("red", "round", "ripe"))),
            parameters(
                1, new Activation.Sigmoid(), new float[] {1, -1, 0}, new float[] {0, 0, -2}));
    List<Prediction> predictions = predict(model, List.of(2), List.of(-2), List.of(0));
    assertThat(predictions)
        .extracting(Prediction::labels)
        .containsExactly(List.of("red"), List.of("round"), List.of("red", "round"));
    assertThat(predictions.getFirst().label()).isNull();
    assertThat(predictions.getFirst().probabilities()).containsOnlyKeys("red", "round", "ripe");
  }

  private static Map<String, Float> probabilities(Prediction prediction) {
    return Objects.requireNonNull(prediction.probabilities());
  }

  private static List<FeatureEncoder> fruitFeatures() {
    return List.of(
        new NumberEncoder("size", new Scaler.Standardize(10, 2), 6, 20, null, false),
        new NumberEncoder("round", new Scaler.None(), 0, 1, null, false),
        new CategoryEncoder("color", List.of("blue", "red"), List.of(), null, false, false));
  }

  private static Model linear(TargetEncoder target, float[] weights, float bias) {
    return model(
        new Preprocessor(fruitFeatures(), target),
        parameters(4, new Activation.Linear(), weights, new float[] {bias}));
  }

  private static Parameters parameters(
      int inputs, Activation output, float[] weights, float[] biases) {
    float[] values = Arrays.copyOf(weights, weights.length + biases.length);
    System.arraycopy(biases, 0, values, weights.length, biases.length);
    return new Parameters(network(inputs, biases.length, output), values);
  }

  private static NetworkSpec network(int inputs, int outputs, Activation output) {
    return new NetworkSpec(inputs, List.of(new LayerSpec(outputs, output)));
  }

  private static Model model(Preprocessor preprocessor, Parameters parameters) {
    return Models.of("fruit", 7, NOW, preprocessor, parameters);
  }

  @SafeVarargs
  private List<Prediction> predict(Model model, @Nullable List<@Nullable Object>... rows) {
    return predictor.predict(model, inputs(rows), PredictOptions.NONE).predictions();
  }

  @SafeVarargs
  private static PredictRequest inputs(@Nullable List<@Nullable Object>... rows) {
    return Requests.inputs(Arrays.asList(rows));
  }

  @SafeVarargs
  private static PredictRequest rows(@Nullable Map<String, @Nullable Object>... rows) {
    return Requests.rows(Arrays.asList(rows));
  }
}
