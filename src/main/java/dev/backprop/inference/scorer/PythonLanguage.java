package dev.backprop.inference.scorer;

import dev.backprop.inference.scorer.ScoringPlan.Feature;
import dev.backprop.inference.scorer.ScoringPlan.Layer;
import dev.backprop.inference.scorer.ScoringPlan.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Python: dictionaries.
final class PythonLanguage extends ScorerLanguage {

  PythonLanguage() {
    super("scorer.py");
  }

  @Override
  Map<String, Section> sections(ScoringPlan plan) {
    return Map.of(
        "MODEL", Section.of(plan.title()),
        "FEATURES", Section.lines(plan.features(), PythonLanguage::feature),
        "LAYERS", Section.lines(plan.layers(), PythonLanguage::layer),
        "TARGET", Section.of(target(plan.target())),
        "PARAMETERS", Literals.base64(plan.parameters(), "    ", ""));
  }

  private static String feature(Feature feature) {
    String kind =
        "    {\"name\": %s, \"kind\": %s, ".formatted(quote(feature.name()), quote(feature.kind()));
    String rest =
        "\"imputed\": %s, \"indicator\": %s},"
            .formatted(imputed(feature.imputed()), bool(feature.indicator()));
    return feature.isCategory()
        ? kind
            + "\"categories\": %s, \"folded\": %s, \"rejects_unseen\": %s, "
                .formatted(
                    texts(feature.categories()),
                    texts(feature.folded()),
                    bool(feature.rejectsUnseen()))
            + rest
        : kind
            + "\"offset\": %s, \"scale\": %s, ".formatted(feature.offset(), feature.scale())
            + rest;
  }

  private static String layer(Layer layer) {
    return "    {\"inputs\": %s, \"units\": %s, \"activation\": %s, \"number\": %s, \"normalization\": %s, \"epsilon\": %s},"
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
        {
            "kind": %s,
            "scores": %s,
            "columns": %s,
            "names": %s,
            "single_output": %s,
            "threshold": %s,
            "offsets": %s,
            "scales": %s,
        }"""
        .formatted(
            quote(target.kind()),
            quote(target.scores()),
            texts(target.columns()),
            texts(target.names()),
            bool(target.singleOutput()),
            target.threshold(),
            target.offsets(),
            target.scales());
  }

  private static String texts(List<String> texts) {
    return "[" + Literals.list(texts, PythonLanguage::quote) + "]";
  }

  private static String imputed(@Nullable Object imputed) {
    return imputed == null ? "None" : imputed instanceof String text ? quote(text) : imputed + "";
  }

  private static String bool(boolean value) {
    return value ? "True" : "False";
  }

  /// A string has code points, so that those beyond the first 65,536 are not two.
  private static String quote(String text) {
    return text.codePoints()
        .mapToObj(
            point ->
                Literals.isPlain(point)
                    ? Character.toString(point)
                    : point > 0xffff ? "\\U%08x".formatted(point) : Literals.unicode(point))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
