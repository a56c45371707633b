package dev.backprop.inference.scorer;

import dev.backprop.inference.scorer.ScoringPlan.Feature;
import dev.backprop.inference.scorer.ScoringPlan.Layer;
import dev.backprop.inference.scorer.ScoringPlan.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Java: calls, in methods of a bounded size, because one may have 64 KB.
final class JavaLanguage extends ScorerLanguage {

  /// Features and categories of a method.
  private static final int MANY = 1_000;

  JavaLanguage() {
    super("Scorer.java.txt");
  }

  @Override
  Map<String, Section> sections(ScoringPlan plan) {
    List<List<Feature>> methods = methods(plan.features());
    List<Integer> numbers = IntStream.range(0, methods.size()).boxed().toList();
    return Map.of(
        "MODEL", Section.of(plan.title()),
        "FEATURE_CALLS", Section.lines(numbers, number -> "    features" + number + "();"),
        "FEATURES",
            Section.of(
                numbers.stream()
                    .map(number -> method(number, methods.get(number)))
                    .collect(Collectors.joining("\n\n"))),
        "LAYERS", Section.lines(plan.layers(), JavaLanguage::layer),
        "TARGET", Section.of(target(plan.target())),
        "PARAMETERS", Literals.base64(plan.parameters(), "    ", ","));
  }

  private static List<List<Feature>> methods(List<Feature> features) {
    List<List<Feature>> methods = new ArrayList<>();
    int size = MANY;
    for (Feature feature : features) {
      int own = 1 + feature.categories().size() + feature.folded().size();
      if (size + own > MANY) {
        methods.add(new ArrayList<>());
        size = 0;
      }
      methods.getLast().add(feature);
      size += own;
    }
    return methods;
  }

  private static String method(int number, List<Feature> features) {
    return "  private static void features%s() {\n%s\n  }"
        .formatted(
            number, features.stream().map(JavaLanguage::feature).collect(Collectors.joining("\n")));
  }

  private static String feature(Feature feature) {
    return feature.isCategory()
        ? "    categories(%s, %s, %s, %s, %s, %s);"
            .formatted(
                quote(feature.name()),
                imputed(feature.imputed()),
                feature.indicator(),
                feature.rejectsUnseen(),
                texts(feature.categories()),
                texts(feature.folded()))
        : "    numbers(%s, %s, %s, %s, %s, %s);"
            .formatted(
                quote(feature.name()),
                quote(feature.kind()),
                feature.offset(),
                feature.scale(),
                imputed(feature.imputed()),
                feature.indicator());
  }

  private static String layer(Layer layer) {
    return "    LAYERS.add(new Layer(%s, %s, %s, %s, %s, %s));"
        .formatted(
            layer.inputs(),
            layer.units(),
            quote(layer.activation()),
            layer.number(),
            quote(layer.normalization()),
            layer.epsilon());
  }

  private static String target(Target target) {
    return """
        %s,
        %s,
        %s,
        %s,
        %s,
        new double[] {%s},
        new double[] {%s}"""
        .formatted(
            quote(target.kind()),
            texts(target.columns()),
            texts(target.names()),
            target.singleOutput(),
            target.threshold(),
            Literals.list(target.offsets(), String::valueOf),
            Literals.list(target.scales(), String::valueOf))
        .indent(8)
        .stripTrailing();
  }

  private static String texts(List<String> texts) {
    return "List.of(" + Literals.list(texts, JavaLanguage::quote) + ")";
  }

  private static String imputed(@Nullable Object imputed) {
    return imputed instanceof String text ? quote(text) : String.valueOf(imputed);
  }

  /// Java takes the Unicode escape of a quote for the quote itself, so that ASCII is escaped in
  /// octal digits.
  private static String quote(String text) {
    return Literals.quote(
        text, unit -> unit < 0x80 ? "\\%03o".formatted(unit) : Literals.unicode(unit));
  }
}
