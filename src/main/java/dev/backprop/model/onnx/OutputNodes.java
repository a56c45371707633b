package dev.backprop.model.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.backprop.core.nn.Loss;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.Scaling;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Writes what a network's outputs mean: labels with probabilities, or values in the units of the
/// targets.
///
/// A refused row has NaN in place of every number, an empty label, and none of several labels.
final class OutputNodes {

  private final GraphBuilder graph;
  private final Loss loss;
  private final @Nullable String refused;
  private final Map<String, String> outputs = new LinkedHashMap<>();

  /// @param loss what the network was trained with, which says what its outputs mean
  /// @param refused booleans, rows × 1; null where no row can be refused
  OutputNodes(GraphBuilder graph, Loss loss, @Nullable String refused) {
    this.graph = graph;
    this.loss = loss;
    this.refused = refused;
  }

  /// Adds the nodes and the outputs of the graph.
  ///
  /// @param a what the network puts out, rows × outputs
  /// @return what each output is called in the graph, by its usual name
  Map<String, String> add(String a, TargetEncoder target) {
    switch (target) {
      case TargetEncoder.Classes classes when classes.binary() -> addTwoClasses(a, classes);
      case TargetEncoder.Classes classes -> addClasses(a, classes);
      case TargetEncoder.Labels labels -> addLabels(a, labels.outputs());
      case TargetEncoder.Values values -> addValues(a, values);
    }
    return Collections.unmodifiableMap(outputs);
  }

  /// The second class where its output is on its side of the threshold or on it.
  private void addTwoClasses(String second, TargetEncoder.Classes classes) {
    String first =
        graph.node(
            "Sub", "first_class", List.of(graph.number("whole", 2 * loss.threshold()), second));
    String both = graph.node("Concat", "both", List.of(first, second), Attributes.of("axis", 1));
    addLabel(flat(fromThreshold(second)), classes.labels());
    addScores(both, 2);
  }

  private void addClasses(String a, TargetEncoder.Classes classes) {
    String best =
        graph.node(
            "ArgMax", "best", List.of(a), Attributes.of("axis", 1), Attributes.of("keepdims", 0));
    addLabel(best, classes.labels());
    addScores(a, classes.outputs());
  }

  private void addLabels(String a, int count) {
    String chosen = fromThreshold(a);
    addOutput("labels", chosen, () -> graph.number("no_label", 0L), false, DataType.INT64, count);
    addScores(a, count);
  }

  private void addValues(String a, TargetEncoder.Values values) {
    List<Scaler> scalers = values.scalers();
    String numbers = a;
    if (scalers.stream().anyMatch(scaler -> scaler.scaling() != Scaling.NONE)) {
      String scales = graph.doubles("target_scales", scalers.stream().map(Scaler::scale).toList());
      String offsets =
          graph.doubles("target_offsets", scalers.stream().map(Scaler::offset).toList());
      String wide = graph.cast(a, "standardized_values", DataType.DOUBLE);
      String times = graph.node("Mul", "scaled_values", List.of(wide, scales));
      String moved = graph.node("Add", "wide_values", List.of(times, offsets));
      numbers = graph.cast(moved, "narrow_values", DataType.FLOAT);
    }
    addNumbers("values", numbers, values.outputs());
  }

  /// 1 where a number is at least the threshold, else 0.
  private String fromThreshold(String a) {
    String reached =
        graph.node(
            "GreaterOrEqual", "reached", List.of(a, graph.number("threshold", loss.threshold())));
    return graph.cast(reached, "reached_codes", DataType.INT64);
  }

  /// Rows from rows × 1.
  private String flat(String column) {
    return graph.node(
        "Squeeze", column + "_flat", List.of(column, graph.longs(column + "_axis", List.of(1L))));
  }

  /// @param codes rows
  private void addLabel(String codes, List<String> labels) {
    String texts =
        graph.mlNode(
            "LabelEncoder",
            "class",
            codes,
            Attributes.ofLongs("keys_int64s", LongStream.range(0, labels.size()).boxed().toList()),
            Attributes.ofTexts("values_strings", labels),
            Attributes.ofText("default_string", ""));
    addOutput("label", texts, () -> graph.text("no_class", ""), true, DataType.STRING, 0);
  }

  private void addScores(String a, int count) {
    addNumbers(loss instanceof Loss.Hinge ? "margins" : "probabilities", a, count);
  }

  private void addNumbers(String usual, String numbers, int count) {
    addOutput(
        usual,
        numbers,
        () -> graph.number("not_a_number", Float.NaN),
        false,
        DataType.FLOAT,
        count);
  }

  /// @param substitute for refused rows
  /// @param vector whether the shape is rows, not rows × count
  private void addOutput(
      String usual,
      String value,
      Supplier<String> substitute,
      boolean vector,
      DataType type,
      int count) {
    String name =
        refused == null
            ? graph.node("Identity", usual, List.of(value))
            : graph.node(
                "Where", usual, List.of(vector ? flat(refused) : refused, substitute.get(), value));
    outputs.put(usual, name);
    if (vector) {
      graph.output(name, type);
    } else {
      graph.output(name, type, count);
    }
  }
}
