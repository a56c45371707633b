package dev.backprop.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Kinds;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Normalization;
import dev.backprop.dataset.NumberFormat;
import dev.backprop.dataset.preprocessing.CategoryEncoder;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Model;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that ONNX Runtime runs, against the server's own predictions on random raw rows.
class OnnxWriterTests {

  private static final Loss SQUARED = new Loss.MeanSquaredError();

  /// Every kind of column and of what becomes of it: 21 inputs.
  private static final List<FeatureEncoder> FEATURES =
      List.of(
          new CategoryEncoder(
              "color", List.of("blue", "grün", "red"), List.of(), "red", true, false),
          number("age", new Scaler.Standardize(31.7, 14.2), 0.5f, 80, 29.9, true),
          number("fare", new Scaler.Robust(14.45, 23.1), 0, 512, 14.45, false),
          new CategoryEncoder("deck", List.of("B", "C"), List.of("A", "T"), "A", true, false),
          number("width in µm", new Scaler.MinMax(-2e6, -1.999e6), -2e6f, -1.999e6f, -2e6, false),
          new NumberEncoder(
              "born",
              new Scaler.Standardize(20_600.25, 3.5),
              20_590,
              20_611,
              20_600.25,
              true,
              NumberFormat.DATE),
          new NumberEncoder("alone", new Scaler.None(), 0, 1, 0.375, true, NumberFormat.BOOLEAN),
          new CategoryEncoder("color=", List.of("blue", "red"), List.of("x"), "blue", false, false),
          number("label", new Scaler.None(), -1, 1, 0.25, false),
          number("constant", new Scaler.Standardize(3, 0), 3, 3, 3.0, false));

  /// The same kinds where nothing may be missing or unseen: 8 inputs.
  private static final List<FeatureEncoder> STRICT =
      List.of(
          number("values", new Scaler.Standardize(31.7, 14.2), 0.5f, 80, null, false),
          new CategoryEncoder("color", List.of("blue", "red"), List.of(), null, false, true),
          new CategoryEncoder("deck", List.of("B", "C"), List.of("A"), null, false, false),
          new CategoryEncoder("site", List.of("n", "s"), List.of(), "n", false, true));

  private static NumberEncoder number(
      String name,
      Scaler scaler,
      float minimum,
      float maximum,
      @Nullable Double imputed,
      boolean indicator) {
    return new NumberEncoder(name, scaler, minimum, maximum, imputed, indicator);
  }

  private static int inputs(List<FeatureEncoder> features) {
    return features.stream().mapToInt(FeatureEncoder::width).sum();
  }

  private static LayerSpec hidden(Activation activation, Normalization normalization) {
    return new LayerSpec(9, activation, 0, normalization);
  }

  private static final LayerSpec[] TWO_HIDDEN = {
    hidden(new Activation.Tanh(), new Normalization.None()),
    hidden(new Activation.Relu(), new Normalization.None())
  };

  private static LayerSpec[] behind(LayerSpec[] hidden, int outputs, Activation activation) {
    return Stream.concat(Stream.of(hidden), Stream.of(new LayerSpec(outputs, activation)))
        .toArray(LayerSpec[]::new);
  }

  private static Model model(TargetEncoder target, Loss loss, Activation output) {
    return OnnxModels.of(
        FEATURES,
        target,
        loss,
        OnnxModels.random(inputs(FEATURES), behind(TWO_HIDDEN, target.outputs(), output)));
  }

  static Stream<Activation> hiddenActivations() {
    return Kinds.hidden().stream();
  }

  @ParameterizedTest
  @MethodSource("hiddenActivations")
  void agreesBehindEveryHiddenActivation(Activation activation) {
    for (Normalization normalization :
        List.of(
            new Normalization.None(),
            new Normalization.Batch(0.1, 1e-5),
            new Normalization.Layer(1e-5))) {
      LayerSpec[] hidden = {hidden(activation, normalization), hidden(activation, normalization)};
      TargetEncoder target =
          new TargetEncoder.Values(
              OnnxModels.targets(2),
              List.of(new Scaler.Standardize(-1234.5, 17.25), new Scaler.None()));
      Model model =
          OnnxModels.of(
              FEATURES,
              target,
              SQUARED,
              OnnxModels.random(inputs(FEATURES), behind(hidden, 2, new Activation.Linear())));
      new OnnxRuntimeRows(model, 11).assertAgree();
    }
  }

  static Stream<Activation> outputActivations() {
    return Kinds.outputs().stream();
  }

  @ParameterizedTest
  @MethodSource("outputActivations")
  void agreesBehindEveryOutput(Activation activation) {
    List<String> classes = List.of("no", "ja, vielleicht", "");
    new OnnxRuntimeRows(
            model(new TargetEncoder.Classes("kind", classes, false), SQUARED, activation), 12)
        .assertAgree();
    new OnnxRuntimeRows(
            model(new TargetEncoder.Labels(OnnxModels.targets(4)), SQUARED, activation), 13)
        .assertAgree();
    new OnnxRuntimeRows(
            model(new TargetEncoder.Values(OnnxModels.targets(3)), SQUARED, activation), 14)
        .assertAgree();
    if (!(activation instanceof Activation.Softmax)) {
      new OnnxRuntimeRows(
              model(
                  new TargetEncoder.Classes("kind", classes.subList(0, 2), true),
                  SQUARED,
                  activation),
              15)
          .assertAgree();
    }
  }

  @Test
  void givesMarginsBehindHinge() {
    Loss hinge = new Loss.Hinge();
    Activation linear = new Activation.Linear();
    for (TargetEncoder target :
        List.of(
            new TargetEncoder.Classes("kind", List.of("a", "b"), true),
            new TargetEncoder.Classes("kind", List.of("a", "b", "c"), false),
            new TargetEncoder.Labels(List.of("a", "b", "c")))) {
      OnnxRuntimeRows rows = new OnnxRuntimeRows(model(target, hinge, linear), 16);
      assertThat(rows.outputs()).containsKey("margins").doesNotContainKey("probabilities");
      rows.assertAgree();
    }
  }

  @Test
  void refusesTheRowsThatTheServerRefuses() {
    Model model =
        OnnxModels.of(
            STRICT,
            new TargetEncoder.Classes("kind", List.of("a", "b", "c"), false),
            new Loss.CategoricalCrossEntropy(),
            OnnxModels.random(inputs(STRICT), behind(TWO_HIDDEN, 3, new Activation.Softmax())));
    assertThat(new OnnxRuntimeRows(model, 17).assertAgree()).isBetween(150, 400);
  }

  @Test
  void takesCategoriesAloneAndNumbersAlone() {
    List<FeatureEncoder> numbers =
        IntStream.range(0, 30)
            .<FeatureEncoder>mapToObj(
                i ->
                    number(
                        "x" + i, new Scaler.Standardize(1e7 + i, 0.5), 1e7f, 1e7f + 30, 1e7, false))
            .toList();
    for (List<FeatureEncoder> features :
        List.of(
            FEATURES.stream().filter(CategoryEncoder.class::isInstance).toList(),
            numbers,
            List.of(FEATURES.get(8)),
            List.of(FEATURES.get(0)))) {
      Model model =
          OnnxModels.of(
              features,
              new TargetEncoder.Values(List.of("y")),
              SQUARED,
              OnnxModels.random(inputs(features), new LayerSpec(1, new Activation.Linear())));
      new OnnxRuntimeRows(model, 18).assertAgree();
    }
  }

  /// Where a column is called as an output, the output gives way.
  @Test
  void callsInputsAsTheColumns() throws InvalidProtocolBufferException {
    ModelProto file =
        ModelProto.parseFrom(
            OnnxRuntimeRows.file(
                model(
                    new TargetEncoder.Classes("kind", List.of("a", "b"), true),
                    SQUARED,
                    new Activation.Sigmoid())));
    assertThat(file.getGraph().getInputList())
        .extracting(ValueInfoProto::getName)
        .containsExactlyElementsOf(FEATURES.stream().map(FeatureEncoder::name).toList());
    assertThat(file.getGraph().getOutputList())
        .extracting(ValueInfoProto::getName)
        .containsExactly("label_", "probabilities");
  }

  @Test
  void saysWhereItComesFrom() throws InvalidProtocolBufferException {
    ModelProto file =
        ModelProto.parseFrom(
            OnnxRuntimeRows.file(
                model(
                    new TargetEncoder.Classes("kind", List.of("a", "b"), true),
                    SQUARED,
                    new Activation.Sigmoid())));
    assertThat(file.getIrVersion()).isEqualTo(7);
    assertThat(file.getOpsetImportList())
        .extracting(opset -> opset.getDomain() + opset.getVersion())
        .containsExactly("13", "ai.onnx.ml2");
    assertThat(file.getProducerName()).isEqualTo("Backprop Server");
    assertThat(file.getProducerVersion()).isEqualTo("1.2.3");
    assertThat(file.getDomain()).isEqualTo("dev.backprop");
    assertThat(file.getModelVersion()).isEqualTo(3);
    assertThat(file.getDocString())
        .contains("exported", "Outputs: label_, probabilities.", "days since");
    assertThat(
            file.getMetadataPropsList().stream()
                .collect(
                    Collectors.toMap(
                        StringStringEntryProto::getKey, StringStringEntryProto::getValue)))
        .containsEntry("task", "classification")
        .containsEntry("labels", "[\"a\",\"b\"]")
        .containsEntry("targets", "[\"kind\"]")
        .containsEntry("dataset_sha256", "da7a")
        .containsEntry("parameters_sha256", "9a4a")
        .containsEntry("created_at", "2026-01-01T10:00:00Z")
        .containsEntry("seed", "42")
        .hasEntrySatisfying(
            "features",
            json ->
                assertThat(json)
                    .contains(
                        "{\"name\":\"born\",\"input\":\"born\",\"type\":\"date\",\"unit\":\"days"
                            + " since 1970-01-01\",\"may_be_missing\":true}"));
  }
}
