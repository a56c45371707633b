package dev.backprop.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.dataset.preprocessing.CategoryEncoder;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.inference.FuzzedModels;
import dev.backprop.inference.Prediction;
import dev.backprop.inference.RawRows;
import dev.backprop.model.Model;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The same raw rows, with missing, unseen and impossible values among them, through ONNX Runtime
/// and through the server's own predictions.
final class OnnxRuntimeRows {

  static final int ROWS = 1_000;

  private final Model model;
  private final List<FeatureEncoder> features;
  private final float[][] numbers;
  private final String[][] texts;

  OnnxRuntimeRows(Model model, long seed) {
    this.model = model;
    features = model.preprocessor().features();
    numbers = new float[features.size()][ROWS];
    texts = new String[features.size()][ROWS];
    SplitMix64 random = new SplitMix64(seed);
    for (int feature = 0; feature < features.size(); feature++) {
      for (int row = 0; row < ROWS; row++) {
        switch (features.get(feature)) {
          case NumberEncoder number -> numbers[feature][row] = number(number, random);
          case CategoryEncoder category -> texts[feature][row] = text(category, random);
        }
      }
    }
  }

  private static float number(NumberEncoder number, SplitMix64 random) {
    int kind = random.nextInt(40);
    if (kind < 2) {
      return Float.NaN;
    }
    if (kind == 2 && random.nextInt(4) == 0) {
      return random.nextInt(2) == 0 ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
    }
    double share = kind < 6 ? -1 + 3 * random.nextDouble() : random.nextDouble();
    float value = (float) (number.minimum() + share * (number.maximum() - number.minimum()));
    return switch (number.format()) {
      case NUMBER -> value;
      case BOOLEAN -> kind == 7 && random.nextInt(3) == 0 ? value : random.nextInt(2);
      case DATE -> Math.round(value);
    };
  }

  /// Empty where it is missing.
  private static String text(CategoryEncoder category, SplitMix64 random) {
    List<String> known =
        Stream.concat(category.categories().stream(), category.folded().stream()).toList();
    int kind = random.nextInt(20);
    return kind == 0 ? "" : kind == 1 ? "unseen " + kind : known.get(random.nextInt(known.size()));
  }

  /// What the server says.
  List<Prediction> predictions() {
    RawRows rows = new RawRows();
    for (int row = 0; row < ROWS; row++) {
      for (int feature = 0; feature < features.size(); feature++) {
        add(rows, feature, row);
      }
      rows.endRow(null, null);
    }
    return FuzzedModels.score(model, rows);
  }

  private void add(RawRows rows, int feature, int row) {
    switch (features.get(feature)) {
      case CategoryEncoder _ when !texts[feature][row].isEmpty() ->
          rows.addText(texts[feature][row]);
      case CategoryEncoder _ -> rows.addNumber(Float.NaN);
      case NumberEncoder number -> {
        float value = numbers[feature][row];
        switch (number.format()) {
          case NUMBER, BOOLEAN -> rows.addNumber(value);
          case DATE -> addDate(rows, number, value);
        }
      }
    }
  }

  /// The server takes dates as texts alone.
  private static void addDate(RawRows rows, NumberEncoder number, float value) {
    if (Float.isFinite(value)) {
      rows.addText(number.format().text(value));
    } else {
      rows.addNumber(value);
    }
  }

  /// What ONNX Runtime says, by the names of the outputs.
  Map<String, Object> outputs() {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      try (OrtSession session = environment.createSession(file(model))) {
        return run(environment, session);
      }
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }

  private Map<String, Object> run(OrtEnvironment environment, OrtSession session)
      throws OrtException {
    Map<String, OnnxTensorLike> inputs = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(session.getInputNames());
    long[] shape = {ROWS, 1};
    for (int feature = 0; feature < features.size(); feature++) {
      inputs.put(
          names.get(feature),
          features.get(feature) instanceof CategoryEncoder
              ? OnnxTensor.createTensor(environment, texts[feature], shape)
              : OnnxTensor.createTensor(environment, FloatBuffer.wrap(numbers[feature]), shape));
    }
    Map<String, Object> outputs = new LinkedHashMap<>();
    try (OrtSession.Result result = session.run(inputs)) {
      for (Map.Entry<String, OnnxValue> output : result) {
        outputs.put(output.getKey(), output.getValue().getValue());
      }
    }
    inputs.values().forEach(OnnxTensorLike::close);
    return outputs;
  }

  /// The ONNX file of a model.
  static byte[] file(Model model) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      new OnnxWriter(model, "1.2.3").write(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  /// Holds both to the same: each number to 1e-5 of itself or, near 0, 1e-6 of the largest that the
  /// output has.
  ///
  /// @return how many rows both refused
  int assertAgree() {
    List<Prediction> predictions = predictions();
    Map<String, Object> outputs = outputs();
    assertThat(predictions).hasSize(ROWS);
    float[][] scores = (float[][]) firstOf(outputs, "probabilities", "margins", "values");
    String[] label = (String[]) outputs.get("label");
    long[][] labels = (long[][]) outputs.get("labels");
    double largest =
        Arrays.stream(scores)
            .flatMap(row -> Stream.of(row[0], row[row.length - 1]))
            .filter(Float::isFinite)
            .mapToDouble(Math::abs)
            .max()
            .orElseThrow();
    int refused = 0;
    for (int row = 0; row < ROWS; row++) {
      Prediction prediction = predictions.get(row);
      if (prediction.error() != null) {
        refused++;
        for (float score : scores[row]) {
          assertThat(score).as(prediction.error()).isNaN();
        }
        assertThat(label == null ? "" : label[row]).as(prediction.error()).isEmpty();
        continue;
      }
      assertClose(prediction, scores[row], 1e-6 * largest);
      if (label != null && !isTie(scores[row])) {
        assertThat(label[row]).isEqualTo(prediction.label());
      }
      if (labels != null) {
        assertThat(Arrays.stream(labels[row]).sum())
            .isEqualTo(Objects.requireNonNull(prediction.labels()).size());
      }
    }
    return refused;
  }

  private static Object firstOf(Map<String, Object> outputs, String... names) {
    return Stream.of(names)
        .filter(outputs::containsKey)
        .map(outputs::get)
        .findFirst()
        .orElseThrow(() -> new AssertionError("outputs are " + outputs.keySet()));
  }

  private static void assertClose(Prediction prediction, float[] scores, double nearZero) {
    for (int i = 0; i < scores.length; i++) {
      float expected = Objects.requireNonNull(prediction.scores()).number(i);
      double distance = Math.abs((double) scores[i] - expected);
      assertThat(distance)
          .as("%s instead of %s in %s", scores[i], expected, prediction)
          .isLessThanOrEqualTo(Math.max(1e-5 * Math.abs(expected), nearZero));
    }
  }

  /// Whether rounding may decide for the label.
  private static boolean isTie(float[] scores) {
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    return sorted.length > 1
        && sorted[sorted.length - 1] - sorted[sorted.length - 2]
            <= 1e-5f * Math.abs(sorted[sorted.length - 1]);
  }
}
