package dev.backprop.inference.scorer;

import dev.backprop.inference.scorer.ScoringPlan.Feature;
import dev.backprop.inference.scorer.ScoringPlan.Layer;
import dev.backprop.inference.scorer.ScoringPlan.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JavaScript: object literals.
final class JavaScriptLanguage extends ScorerLanguage {

  JavaScriptLanguage() {
    super("scorer.js");
  }

  @Override
  Map<String, Section> sections(ScoringPlan plan) {
    return Map.of(
        "MODEL", Section.of(plan.title()),
        "FEATURES", Section.lines(plan.features(), JavaScriptLanguage::feature),
        "LAYERS", Section.lines(plan.layers(), JavaScriptLanguage::layer),
        "TARGET", Section.of(target(plan.target())),
        "PARAMETERS", Literals.base64(plan.parameters(), "  ", ","));
  }

  private static String feature(Feature feature) {
    String kind =
        "  { name: %s, kind: %s, ".formatted(quote(feature.name()), quote(feature.kind()));
    String rest =
        "imputed: %s, indicator: %s },".formatted(imputed(feature.imputed()), feature.indicator());
    return feature.isCategory()
        ? kind
            + "categories: %s, folded: %s, rejectsUnseen: %s, "
                .formatted(
                    texts(feature.categories()), texts(feature.folded()), feature.rejectsUnseen())
            + rest
        : kind + "offset: %s, scale: %s, ".formatted(feature.offset(), feature.scale()) + rest;
  }

  private static String layer(Layer layer) {
    return "  { inputs: %s, units: %s, activation: %s, number: %s, normalization: %s, epsilon: %s },"
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
          kind: %s,
          scores: %s,
          columns: %s,
          names: %s,
          singleOutput: %s,
          threshold: %s,
          offsets: %s,
          scales: %s,
        }"""
        .formatted(
            quote(target.kind()),
            quote(target.scores()),
            texts(target.columns()),
            texts(target.names()),
            target.singleOutput(),
            target.threshold(),
            target.offsets(),
            target.scales());
  }

  private static String texts(List<String> texts) {
    return "[" + Literals.list(texts, JavaScriptLanguage::quote) + "]";
  }

  private static String imputed(@Nullable Object imputed) {
    return imputed instanceof String text ? quote(text) : String.valueOf(imputed);
  }

  private static String quote(String text) {
    return Literals.quote(text, Literals::unicode);
  }
}
