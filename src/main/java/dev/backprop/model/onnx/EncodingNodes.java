package dev.backprop.model.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.backprop.dataset.NumberFormat;
import dev.backprop.dataset.preprocessing.CategoryEncoder;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Scaling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes a preprocessor: from one input a column to the inputs of the network, and which rows are
/// refused.
///
/// All numbers go through the same few nodes side by side; each category has some of its own. What
/// comes out is brought into the network's order at the end.
final class EncodingNodes {

  /// The code of a category without an input.
  private static final long NOWHERE = -1;

  /// The code of a category whose row is refused.
  private static final long REFUSED = -2;

  private final GraphBuilder graph;
  private final List<FeatureEncoder> features;
  private final List<String> inputs = new ArrayList<>();
  private final List<NumberEncoder> numbers = new ArrayList<>();
  private final List<String> numberInputs = new ArrayList<>();

  /// Columns side by side, and where among them each input of the network is.
  private final List<String> parts = new ArrayList<>();

  private final Map<NetworkInput, Long> positions = new HashMap<>();

  /// Rows × 1 each, above 0 where a row is refused.
  private final List<String> refusals = new ArrayList<>();

  EncodingNodes(GraphBuilder graph, Preprocessor preprocessor) {
    this.graph = graph;
    features = preprocessor.features();
    for (FeatureEncoder feature : features) {
      DataType type = feature instanceof CategoryEncoder ? DataType.STRING : DataType.FLOAT;
      String input = graph.input(feature.name(), type);
      inputs.add(input);
      if (feature instanceof NumberEncoder number) {
        numbers.add(number);
        numberInputs.add(input);
      }
    }
  }

  /// What the columns are called in the graph, in their order.
  List<String> inputs() {
    return List.copyOf(inputs);
  }

  /// One of the inputs that a feature becomes, counted from 0.
  private record NetworkInput(String feature, int index) {}

  /// What the nodes give.
  ///
  /// @param encoded rows × d₀
  /// @param refused booleans, rows × 1; null where no row can be refused
  record Encoding(String encoded, @Nullable String refused) {}

  /// Adds the nodes.
  Encoding add() {
    if (!numbers.isEmpty()) {
      addNumbers();
    }
    for (int i = 0; i < features.size(); i++) {
      if (features.get(i) instanceof CategoryEncoder category) {
        addCategory(category, inputs.get(i));
      }
    }
    return new Encoding(inOrder(graph.concatenate(parts, "side_by_side")), refused());
  }

  private void addPart(String part, Stream<NetworkInput> columns) {
    parts.add(part);
    columns.forEach(column -> positions.put(column, (long) positions.size()));
  }

  /// Some of the inputs that a feature becomes.
  private static Stream<NetworkInput> inputs(FeatureEncoder feature, int from, int to) {
    return IntStream.range(from, to).mapToObj(index -> new NetworkInput(feature.name(), index));
  }

  private String inOrder(String together) {
    List<Long> order =
        features.stream()
            .flatMap(feature -> inputs(feature, 0, feature.width()))
            .map(positions::get)
            .toList();
    boolean sorted = order.equals(LongStream.range(0, order.size()).boxed().toList());
    return sorted ? together : graph.columns(together, "encoded", order);
  }

  private @Nullable String refused() {
    if (refusals.isEmpty()) {
      return null;
    }
    String any = refusals.size() == 1 ? refusals.getFirst() : graph.node("Max", "any", refusals);
    return graph.node("Greater", "refused", List.of(any, graph.number("none", 0f)));
  }

  /// Rows × 1 from rows × n booleans.
  private void refuseAny(String wrong, String wished) {
    String ones = graph.cast(wrong, wished + ":ones", DataType.FLOAT);
    refusals.add(
        graph.node(
            "ReduceMax",
            wished,
            List.of(ones),
            Attributes.ofLongs("axes", List.of(1L)),
            Attributes.of("keepdims", 1)));
  }

  /// Every number is scaled in 64 bits, as the server does it: of a large mean, 32 bits would take
  /// the digits that matter.
  private void addNumbers() {
    String raw = graph.concatenate(numberInputs, "numbers");
    String missing = graph.node("IsNaN", "missing", List.of(raw));
    refuseInfinite(raw);
    refuseMissing(missing);
    refuseNoBooleans(raw, missing);

    boolean imputes = numbers.stream().anyMatch(NumberEncoder::imputes);
    boolean scales = numbers.stream().anyMatch(n -> n.scaler().scaling() != Scaling.NONE);
    String values = raw;
    if (imputes || scales) {
      values = graph.cast(raw, "wide", DataType.DOUBLE);
      values = imputes ? imputed(missing, values) : values;
      values = scales ? scaled(values) : values;
      values = graph.cast(values, "narrow", DataType.FLOAT);
    }
    addPart(values, numbers.stream().flatMap(number -> inputs(number, 0, 1)));
    addIndicators(missing);
  }

  private String imputed(String missing, String wide) {
    List<Double> substitutes =
        numbers.stream().map(n -> n.imputed() == null ? Double.NaN : n.imputed()).toList();
    String constants = graph.doubles("substitutes", substitutes);
    return graph.node("Where", "filled", List.of(missing, constants, wide));
  }

  private String scaled(String wide) {
    String offsets =
        graph.doubles("offsets", numbers.stream().map(n -> n.scaler().offset()).toList());
    String scales = graph.doubles("scales", numbers.stream().map(n -> n.scaler().scale()).toList());
    String difference = graph.node("Sub", "differences", List.of(wide, offsets));
    return graph.node("Div", "scaled", List.of(difference, scales));
  }

  private void addIndicators(String missing) {
    List<Long> indicated = where(NumberEncoder::indicator);
    if (!indicated.isEmpty()) {
      String ones = graph.cast(missing, "missing:ones", DataType.FLOAT);
      addPart(
          some(ones, "indicators", indicated),
          indicated.stream().flatMap(i -> inputs(numbers.get(i.intValue()), 1, 2)));
    }
  }

  private void refuseInfinite(String raw) {
    refuseAny(graph.node("IsInf", "infinite", List.of(raw)), "infinite:any");
  }

  private void refuseMissing(String missing) {
    List<Long> needed = where(number -> !number.imputes());
    if (!needed.isEmpty()) {
      refuseAny(some(missing, "needed", needed), "needed:any");
    }
  }

  /// x is 0 or 1 where x² = x.
  private void refuseNoBooleans(String raw, String missing) {
    List<Long> booleans = where(number -> number.format() == NumberFormat.BOOLEAN);
    if (booleans.isEmpty()) {
      return;
    }
    String x = some(raw, "booleans", booleans);
    String square = graph.node("Mul", "booleans:square", List.of(x, x));
    String proper = graph.node("Equal", "booleans:proper", List.of(square, x));
    String absent = some(missing, "booleans:missing", booleans);
    String good = graph.node("Or", "booleans:good", List.of(proper, absent));
    refuseAny(graph.node("Not", "booleans:bad", List.of(good)), "booleans:any");
  }

  private List<Long> where(Predicate<NumberEncoder> condition) {
    return LongStream.range(0, numbers.size())
        .filter(i -> condition.test(numbers.get((int) i)))
        .boxed()
        .toList();
  }

  private String some(String columns, String wished, List<Long> chosen) {
    return chosen.size() == numbers.size() ? columns : graph.columns(columns, wished, chosen);
  }

  /// Text to code, code to ones and zeros.
  private void addCategory(CategoryEncoder category, String input) {
    CategoryCodes codes = CategoryCodes.of(category, NOWHERE, REFUSED);
    String prefix = input + ":";
    String code =
        graph.mlNode(
            "LabelEncoder",
            prefix + "code",
            input,
            Attributes.ofTexts("keys_strings", codes.texts()),
            Attributes.ofLongs("values_int64s", codes.codes()),
            Attributes.of("default_int64", codes.unseen()));
    int width = category.width() - (category.indicator() ? 1 : 0);
    String range = graph.longs(prefix + "codes", LongStream.range(0, width).boxed().toList());
    String own = graph.node("Equal", prefix + "own", List.of(code, range));
    addPart(graph.cast(own, prefix + "one_hot", DataType.FLOAT), inputs(category, 0, width));
    if (category.indicator()) {
      addPart(
          graph.mlNode(
              "LabelEncoder",
              prefix + "absent",
              input,
              Attributes.ofTexts("keys_strings", List.of(CategoryCodes.MISSING)),
              Attributes.ofFloats("values_floats", List.of(codes.tellsMissing() ? 1f : 0f)),
              Attributes.of("default_float", 0f)),
          inputs(category, width, width + 1));
    }
    if (codes.refuseAny()) {
      String refused = graph.number(prefix + "refused_code", REFUSED);
      refusals.add(
          graph.cast(
              graph.node("Equal", prefix + "refused", List.of(code, refused)),
              prefix + "refusal",
              DataType.FLOAT));
    }
  }
}
