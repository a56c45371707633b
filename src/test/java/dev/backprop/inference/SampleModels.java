package dev.backprop.inference;

import dev.backprop.core.linalg.PlainBlas;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Normalization;
import dev.backprop.core.nn.Parameters;
import dev.backprop.dataset.NumberFormat;
import dev.backprop.dataset.intake.DatasetSource;
import dev.backprop.dataset.preprocessing.CategoryEncoder;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Lineage;
import dev.backprop.model.Metrics;
import dev.backprop.model.Model;
import dev.backprop.model.Models;
import dev.backprop.model.ParametersHash;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.NetworkSettings;
import dev.backprop.model.spec.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Models with random parameters that have between them every kind of preprocessing, activation,
/// normalization and target, under names that try to break out of wherever they are written.
public final class SampleModels {

  /// Ends comments and strings, starts others, and is read as code where it is not escaped.
  public static final String NASTY =
      "a\"b'c`d\\e\\u000a*/ // # ${x} %s </script><!-- ??/ \\ \n\r\t\0\u2028é😀 @@LAYERS@@ \"\"\" '''";

  /// What a server without a native library predicts with.
  public static final Predictor PREDICTOR = new Predictor(new Products(new PlainBlas()));

  private static final int ROWS = 1_000;

  private SampleModels() {}

  /// All of them.
  public static List<Model> all() {
    List<Activation> activations =
        List.of(
            new Activation.Relu(),
            new Activation.Sigmoid(),
            new Activation.Tanh(),
            new Activation.HardSigmoid(),
            new Activation.LeakyRelu(0.1),
            new Activation.Elu(0.7),
            new Activation.Selu(),
            new Activation.Gelu(),
            new Activation.Silu(),
            new Activation.Softplus(),
            new Activation.Softsign(),
            new Activation.Linear());
    List<Normalization> normalizations =
        List.of(
            new Normalization.None(),
            new Normalization.Batch(0.2, 1e-4),
            new Normalization.Layer(1e-3));
    List<Goal> goals = goals();
    List<Model> models = new ArrayList<>();
    for (int i = 0; i < activations.size(); i++) {
      List<LayerSpec> hidden =
          List.of(
              new LayerSpec(9, activations.get(i), 0, normalizations.get(i % 3)),
              new LayerSpec(
                  5,
                  activations.get((i + 5) % activations.size()),
                  0.25,
                  normalizations.get((i + 1) % 3)));
      models.add(model("sample-" + i, hidden, goals.get(i % goals.size()), i));
    }
    models.add(model("linear", List.of(), goals.get(3), 99));
    return models;
  }

  /// What a network learns.
  private record Goal(Task task, TargetEncoder target, Activation output, Loss loss) {}

  private static List<Goal> goals() {
    List<String> labels = List.of("", NASTY, "setosa", "été");
    TargetEncoder values =
        new TargetEncoder.Values(
            List.of("price", NASTY + "target"),
            List.of(new Scaler.Standardize(1000, 250), new Scaler.None()));
    return List.of(
        new Goal(
            Task.CLASSIFICATION,
            new TargetEncoder.Classes("species", labels, false),
            new Activation.Softmax(),
            new Loss.CategoricalCrossEntropy()),
        new Goal(
            Task.CLASSIFICATION,
            new TargetEncoder.Classes("sick", List.of("no", NASTY), true),
            new Activation.Sigmoid(),
            new Loss.BinaryCrossEntropy()),
        new Goal(
            Task.MULTILABEL,
            new TargetEncoder.Labels(List.of("dark", NASTY + "label", "fast")),
            new Activation.Sigmoid(),
            new Loss.BinaryCrossEntropy()),
        new Goal(Task.REGRESSION, values, new Activation.Linear(), new Loss.Huber(2)),
        new Goal(
            Task.CLASSIFICATION,
            new TargetEncoder.Classes("side", List.of("left", "right"), true),
            new Activation.Linear(),
            new Loss.Hinge()),
        new Goal(
            Task.CLASSIFICATION,
            new TargetEncoder.Classes("side", List.of("left", "middle", "right"), false),
            new Activation.Linear(),
            new Loss.Hinge()),
        new Goal(
            Task.REGRESSION,
            new TargetEncoder.Values(List.of("count")),
            new Activation.Softplus(),
            new Loss.Poisson()));
  }

  private static List<FeatureEncoder> features() {
    return List.of(
        new NumberEncoder("length", new Scaler.Standardize(3.7, 1.7), 1, 7, 3.7, false),
        new NumberEncoder(NASTY, new Scaler.MinMax(-2, 5), -2, 5, 1.25, true),
        new NumberEncoder("height", new Scaler.Robust(10, 4), 0, 30, 9.5, true),
        new NumberEncoder("plain", new Scaler.None(), 0, 1, null, false),
        new NumberEncoder("constant", new Scaler.Standardize(4, 0), 4, 4, 4.0, false),
        new NumberEncoder("member", new Scaler.None(), 0, 1, 0.4, true, NumberFormat.BOOLEAN),
        new NumberEncoder(
            "since",
            new Scaler.Standardize(15_000, 3_000),
            10_957,
            20_454,
            15_000.5,
            false,
            NumberFormat.DATE),
        new CategoryEncoder(
            "color", List.of(NASTY, "blue", "red"), List.of("teal"), "blue", true, false),
        new CategoryEncoder("size", List.of("", "L", "M", "S"), List.of(), null, false, false),
        new CategoryEncoder("strict", List.of("a", "b"), List.of(), "a", false, true));
  }

  private static Model model(String name, List<LayerSpec> hidden, Goal goal, long seed) {
    Preprocessor preprocessor = new Preprocessor(features(), goal.target());
    List<LayerSpec> layers =
        Stream.concat(
                hidden.stream(), Stream.of(new LayerSpec(preprocessor.outputs(), goal.output())))
            .toList();
    Parameters parameters = parameters(new NetworkSpec(preprocessor.inputs(), layers), seed);
    NetworkSettings network =
        new NetworkSettings(
            hidden.stream()
                .map(
                    layer ->
                        new NetworkSettings.Layer(
                            layer.units(),
                            layer.activation(),
                            layer.dropout(),
                            layer.normalization()))
                .toList(),
            new NetworkSettings.Output(goal.output()),
            null,
            null);
    return new Model(
        name,
        1,
        Instant.parse("2026-01-01T10:00:00Z"),
        goal.task(),
        new JobSpec(
            name,
            DatasetSource.ofId("ds_1"),
            preprocessor.features().stream().map(FeatureEncoder::name).toList(),
            goal.target().columns(),
            goal.task(),
            null,
            network,
            Models.training(goal.loss()),
            null,
            null,
            null,
            null,
            null),
        preprocessor,
        parameters,
        Metrics.of(0.25, Map.of(), 0.5, Map.of()),
        new Lineage(
            "job_1",
            "ab".repeat(32),
            42L,
            "1.2.3",
            ParametersHash.of(parameters),
            null,
            null,
            1,
            List.of(),
            null),
        null,
        null,
        null);
  }

  private static Parameters parameters(NetworkSpec network, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("SplittableRandom").create(seed);
    Parameters parameters = Parameters.untrained(network);
    for (int i = 0; i < parameters.values().length; i++) {
      parameters.values()[i] += (float) (0.4 * random.nextGaussian());
    }
    for (int i = 0; i < parameters.statistics().length; i++) {
      parameters.statistics()[i] = (float) (0.5 + random.nextDouble());
    }
    return parameters;
  }

  /// A thousand rows for the features of [#all]: numbers within the range and beyond it, every word
  /// for booleans, dates with and without a time, categories of all kinds, values that are missing,
  /// and some that are refused.
  ///
  /// @return numbers, texts and nulls
  public static List<List<@Nullable Object>> rows(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("SplittableRandom").create(seed);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      List<@Nullable Object> values = new ArrayList<>();
      values.add(number(random, -1, 9));
      values.add(number(random, -3, 7));
      values.add(number(random, -5, 40));
      values.add((float) random.nextDouble(-0.5, 1.5));
      values.add(number(random, 3, 5));
      values.add(
          choice(random, null, null, "true", "FALSE", "yes", "N", "t", "f", "0", "1", 0f, 1f, "2"));
      values.add(
          choice(
              random,
              null,
              "2000-01-01",
              "1999-12-31T23:59:59.5Z",
              "2024-02-29 12:30",
              "2010-07-04T06:15:30+02:00",
              "2010-07-04T06:15:30.125-0530",
              "0000-03-01",
              "9999-12-31",
              "2023-02-29",
              "2010-07-04T24:00",
              "tomorrow"));
      values.add(choice(random, null, NASTY, "blue", "red", "teal", "purple", "", "é", 3f));
      values.add(
          choice(random, "", "L", "M", "S", "S", "M", "XL", random.nextInt(9) == 0 ? null : "L"));
      values.add(
          choice(random, null, "a", "b", "a", "b", "a", "b", random.nextInt(9) == 0 ? "c" : "a"));
      rows.add(values);
    }
    return rows;
  }

  private static @Nullable Object number(RandomGenerator random, double from, double to) {
    return random.nextInt(8) == 0
        ? choice(random, null, null, null, Float.MAX_VALUE / 1e33f, "text")
        : (Object) (float) random.nextDouble(from, to);
  }

  private static @Nullable Object choice(RandomGenerator random, @Nullable Object... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /// The rows as the server takes them.
  public static RawRows raw(List<List<@Nullable Object>> rows) {
    RawRows raw = new RawRows();
    for (List<@Nullable Object> row : rows) {
      for (Object value : row) {
        switch (value) {
          case null -> raw.addMissing();
          case Number number -> raw.addNumber(number.floatValue());
          default -> raw.addText(value.toString());
        }
      }
      raw.endRow(null, null);
    }
    return raw;
  }
}
