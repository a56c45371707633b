package dev.backprop.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.backprop.core.linalg.PlainBlas;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.metric.Calibration;
import dev.backprop.core.metric.ConformalIntervals;
import dev.backprop.core.metric.TemperatureScaling;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Model;
import dev.backprop.model.Models;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Networks whose sums are the weights: the only input is 1.
class PredictOptionsTests {

  private static final TargetEncoder FRUIT =
      new TargetEncoder.Classes("kind", List.of("apple", "melon", "pear", "plum"), false);
  private static final TargetEncoder EITHER =
      new TargetEncoder.Classes("ripe", List.of("no", "yes"), true);
  private static final TargetEncoder BOTH =
      new TargetEncoder.Classes("ripe", List.of("no", "yes"), false);
  private static final TargetEncoder LABELS =
      new TargetEncoder.Labels(List.of("red", "round", "ripe"));
  private static final TargetEncoder VALUE = new TargetEncoder.Values(List.of("weight"));

  private static final Activation SOFTMAX = new Activation.Softmax();
  private static final Activation SIGMOID = new Activation.Sigmoid();
  private static final Activation LINEAR = new Activation.Linear();
  private static final Loss HINGE = new Loss.Hinge();
  private static final Loss ANY = new Loss.MeanSquaredError();

  @Test
  void givesTheMostProbableClassesInTheirOrder() {
    Model model = model(FRUIT, SOFTMAX, ANY, 1, 3, 1, 2);
    Prediction prediction = predict(model, "topK", "3");
    assertThat(prediction.label()).isEqualTo("melon");
    assertThat(prediction.probabilities()).isNull();
    double sum = 2 * Math.exp(1) + Math.exp(2) + Math.exp(3);
    List<RankedLabel> top = Objects.requireNonNull(prediction.top());
    assertThat(top).extracting(RankedLabel::label).containsExactly("melon", "plum", "apple");
    for (int i = 0; i < 3; i++) {
      assertThat((double) top.get(i).score()).isCloseTo(Math.exp(3 - i) / sum, within(1e-6));
    }
    assertThat(Objects.requireNonNull(predict(model, "topK", "9").top()))
        .as("all that there are")
        .extracting(RankedLabel::label)
        .containsExactly("melon", "plum", "apple", "pear");
  }

  @Test
  void ranksBothClassesOfOneOutputAndLabelsAndMargins() {
    assertThat(Objects.requireNonNull(predict(model(EITHER, SIGMOID, ANY, -1), "topK", "1").top()))
        .extracting(RankedLabel::label)
        .containsExactly("no");
    Prediction several = predict(model(LABELS, SIGMOID, ANY, 1, -2, 3), "topK", "2");
    assertThat(several.labels()).containsExactly("red", "ripe");
    assertThat(Objects.requireNonNull(several.top()))
        .extracting(RankedLabel::label)
        .containsExactly("ripe", "red");
    assertThat(predict(model(FRUIT, LINEAR, HINGE, -3, -1, 0, 2), "topK", "4").top())
        .containsExactly(
            new RankedLabel("plum", null, 2f),
            new RankedLabel("pear", null, 0f),
            new RankedLabel("melon", null, -1f),
            new RankedLabel("apple", null, -3f));
  }

  @ParameterizedTest
  @CsvSource({
    // 1 / (1 + e^−z) is 0.2689 at −1 and 0.7311 at 1
    "-1, 0.5, no",
    "-1, 0.26, yes",
    "-1, 0.27, no",
    "1, 0.73, yes",
    "1, 0.74, no",
    "1, 0, yes",
    "1, 1, no",
    "-1, 2.6e-1, yes"
  })
  void decidesBetweenTwoClassesByTheThreshold(float z, String threshold, String label) {
    assertThat(predict(model(EITHER, SIGMOID, ANY, z), "threshold", threshold).label())
        .isEqualTo(label);
    assertThat(predict(model(BOTH, SOFTMAX, ANY, 0, z), "threshold", threshold).label())
        .as("of two outputs")
        .isEqualTo(label);
  }

  @Test
  void givesLabelsFromTheThresholdOn() {
    Model model = model(LABELS, SIGMOID, ANY, -1, 0, 1);
    assertThat(predict(model).labels()).containsExactly("round", "ripe");
    assertThat(predict(model, "threshold", "0.2").labels()).containsExactly("red", "round", "ripe");
    Prediction strict = predict(model, "threshold", "0.9");
    assertThat(strict.labels()).isEmpty();
    assertThat(strict.probabilities()).containsOnlyKeys("red", "round", "ripe");
  }

  @Test
  void hasColumnsForTheMostProbableClasses() throws IOException {
    Model model = model(FRUIT, LINEAR, HINGE, -3, -1, 0, 2);
    assertThat(csv(model, "topK", "2"))
        .isEqualTo(
            """
            label,top_1,margin_1,top_2,margin_2,flags,error
            plum,plum,2.0,pear,0.0,,
            ,,,,,,the row is null
            """);
    assertThat(csv(model, "topK", "99")).startsWith("label,top_1,margin_1,top_2,margin_2,top_3,");
    assertThat(csv(model(VALUE, LINEAR, ANY, 2)))
        .isEqualTo("weight,flags,error\n2.0,,\n,,the row is null\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "many", "", " 1", "1e3", "9999999999"})
  void takesAWholeNumberOfClasses(String given) {
    assertThat(refusal("topK", given))
        .containsExactly(
            InputError.at(
                "#/topK",
                "query parameter topK is '%s'; a whole number from 1 on is expected"
                    .formatted(given)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.01", "-0.1", "NaN", "Infinity", "half", "", "0x1p-1", "0.5f", "1e999"})
  void takesAThresholdFromZeroToOne(String given) {
    assertThat(refusal("threshold", given))
        .containsExactly(
            InputError.at(
                "#/threshold",
                "query parameter threshold is '%s'; a number from 0 to 1 is expected"
                    .formatted(given)));
  }

  @Test
  void namesAllThatIsWrongAtOnce() {
    assertThat(refusal("topk", "3", "threshold", "2"))
        .extracting(InputError::detail)
        .containsExactlyInAnyOrder(
            "there is no query parameter 'topk'; did you mean 'topK'? The query parameters are: topK, threshold, calibrated, interval",
            "query parameter threshold is '2'; a number from 0 to 1 is expected");
    assertThatThrownBy(() -> PredictOptions.of(Map.of("topK", new String[] {"1", "2"})))
        .hasMessage("query parameter topK is there 2 times");
  }

  @Test
  void refusesWhatTheModelCannotDo() {
    assertUnfit(model(VALUE, LINEAR, ANY, 2), "topK", "2", "topK chooses among labels");
    assertUnfit(model(VALUE, LINEAR, ANY, 2), "threshold", "0.2", "the model gives numbers");
    assertUnfit(
        model(FRUIT, SOFTMAX, ANY, 1, 2, 3, 4),
        "threshold",
        "0.2",
        "the model tells 4 classes apart and gives the most probable one");
    assertUnfit(model(EITHER, LINEAR, HINGE, 2), "threshold", "0.2", "gives margins");
    assertUnfit(model(LABELS, LINEAR, HINGE, 2, 0, 0), "threshold", "0.2", "gives margins");
    assertUnfit(model(VALUE, LINEAR, ANY, 2), "calibrated", "true", "the model gives numbers");
    assertUnfit(
        model(EITHER, LINEAR, HINGE, 2), "calibrated", "true", "train it with a cross-entropy");
    assertUnfit(
        model(EITHER, SIGMOID, ANY, 2), "calibrated", "true", "trained without validation rows");
    assertUnfit(model(FRUIT, SOFTMAX, ANY, 1, 2, 3, 4), "interval", "0.9", "gives labels");
    assertUnfit(model(VALUE, LINEAR, ANY, 2), "interval", "0.9", "trained without validation rows");
    assertUnfit(
        with(model(VALUE, LINEAR, ANY, 2), new ConformalIntervals(12, List.of(new float[12]))),
        "interval",
        "0.95",
        "a coverage of 0.95 takes 19 validation rows or more, the model had 12, which are enough for 0.923");
  }

  @Test
  void dividesTheSumsByTheTemperature() {
    TemperatureScaling twice = new TemperatureScaling(2, 0.5, 0.4, 30);
    Model classes = with(model(FRUIT, SOFTMAX, ANY, 1, 3, 60, 2), twice);
    double sum = Math.exp(0.5) + Math.exp(1.5) + Math.exp(30) + Math.exp(1);
    Map<String, Float> probabilities =
        Objects.requireNonNull(predict(classes, "calibrated", "true").probabilities());
    assertThat(probabilities.get("melon"))
        .isCloseTo((float) (Math.exp(1.5) / sum), withPercentage(1e-4));
    assertThat(predict(classes, "calibrated", "false")).isEqualTo(predict(classes));
    Model either = with(model(EITHER, SIGMOID, ANY, 40), twice);
    // 1 − 1/(1 + e^−40) is no longer a float, that of 20 is the smallest step below 1
    assertThat(Objects.requireNonNull(predict(either).probabilities())).containsEntry("no", 0f);
    Model labels = with(model(LABELS, SIGMOID, ANY, -1, 0, 3), twice);
    Map<String, Float> each =
        Objects.requireNonNull(predict(labels, "calibrated", "true").probabilities());
    assertThat(each.get("red")).isCloseTo((float) (1 / (1 + Math.exp(0.5))), withPercentage(1e-4));
    assertThat(each.get("ripe"))
        .isCloseTo((float) (1 / (1 + Math.exp(-1.5))), withPercentage(1e-4));
    assertThat(predict(labels, "calibrated", "true", "threshold", "0.37").labels())
        .as("1/(1 + e^0.5) is 0.378, 1/(1 + e) would be 0.269")
        .containsExactly("red", "round", "ripe");
  }

  @Test
  void reachesAsFarAsTheErrorsOfTheValidationRows() throws IOException {
    float[] errors = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f};
    Model model = with(model(VALUE, LINEAR, ANY, 2), new ConformalIntervals(9, List.of(errors)));
    Prediction prediction = predict(model, "interval", "0.8");
    assertThat(prediction.values()).isEqualTo(Map.of("weight", 2f));
    assertThat(prediction.intervals()).isEqualTo(Map.of("weight", new Interval(2 - 0.8f, 2.8f)));
    assertThat(csv(model, "interval", "0.8"))
        .isEqualTo(
            """
            weight,low_weight,high_weight,flags,error
            2.0,1.2,2.8,,
            ,,,,the row is null
            """);
    assertThat(predict(model).intervals()).isNull();
    assertThat(Interval.around(3e38f, 3e38f)).isEqualTo(new Interval(0, Float.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "90", "-0.1", "0.0", "1.0", "most"})
  void takesACoverageBetweenZeroAndOne(String given) {
    assertThat(refusal("interval", given))
        .extracting(InputError::detail)
        .singleElement()
        .asString()
        .startsWith("query parameter interval is '%s'; a number ".formatted(given));
  }

  @Test
  void takesTrueOrFalse() {
    assertThat(refusal("calibrated", "yes"))
        .extracting(InputError::detail)
        .containsExactly("query parameter calibrated is 'yes'; true or false is expected");
  }

  private static Model with(Model model, Calibration calibration) {
    return Models.calibrated(model, calibration);
  }

  private static void assertUnfit(Model model, String name, String value, String words) {
    assertThatThrownBy(() -> options(name, value).requireFit(model))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(words);
  }

  private static List<InputError> refusal(String... query) {
    try {
      throw new AssertionError(options(query));
    } catch (ProblemException e) {
      return e.errors();
    }
  }

  private static PredictOptions options(String... query) {
    Map<String, String[]> parameters = new LinkedHashMap<>();
    for (int i = 0; i < query.length; i += 2) {
      parameters.put(query[i], new String[] {query[i + 1]});
    }
    return PredictOptions.of(parameters);
  }

  private static Prediction predict(Model model, String... query) {
    PredictOptions options = options(query);
    options.requireFit(model);
    return new Predictor(new Products(new PlainBlas()))
        .predict(model, Requests.inputs(List.of(List.of(1))), options)
        .predictions()
        .getFirst();
  }

  private static String csv(Model model, String... query) throws IOException {
    PredictOptions options = options(query);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CsvPredictions csv = new CsvPredictions(out, model, options);
    RawRows rows = Requests.inputs(Arrays.asList(List.of(1), null)).given();
    new Predictor(new Products(new PlainBlas())).score(model, rows, options).forEach(csv::write);
    csv.end();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Model model(TargetEncoder target, Activation output, Loss loss, float... sums) {
    float[] values = Arrays.copyOf(sums, 2 * sums.length);
    return Models.of(
        "fruit",
        1,
        loss,
        new Preprocessor(
            List.of(new NumberEncoder("one", new Scaler.None(), 0, 1, null, false)), target),
        new Parameters(new NetworkSpec(1, List.of(new LayerSpec(sums.length, output))), values));
  }
}
