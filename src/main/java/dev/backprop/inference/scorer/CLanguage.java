package dev.backprop.inference.scorer;

import dev.backprop.core.nn.Parameters;
import dev.backprop.inference.scorer.ScoringPlan.Feature;
import dev.backprop.inference.scorer.ScoringPlan.Layer;
import dev.backprop.inference.scorer.ScoringPlan.Target;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// C: tables, and the parameters as numbers, which C reads as they are.
final class CLanguage extends ScorerLanguage {

  private static final int NUMBERS_OF_A_LINE = 8;

  CLanguage() {
    super("scorer.c");
  }

  @Override
  Map<String, Section> sections(ScoringPlan plan) {
    List<Feature> features = plan.features();
    List<Integer> positions = IntStream.range(0, features.size()).boxed().toList();
    Target target = plan.target();
    return Map.ofEntries(
        Map.entry("MODEL", Section.of(plan.title())),
        Map.entry("FEATURE_COUNT", Section.of(features.size())),
        Map.entry("SCORE_COUNT", Section.of(target.names().size())),
        Map.entry("WIDEST", Section.of(plan.widest())),
        Map.entry("CATEGORIES", Section.lines(positions, i -> categories(i, features.get(i)))),
        Map.entry("FEATURES", Section.lines(positions, i -> feature(i, features.get(i)))),
        Map.entry("LAYERS", Section.lines(plan.layers(), CLanguage::layer)),
        Map.entry("TARGET", Section.of(constant(target.kind()))),
        Map.entry("SINGLE_OUTPUT", Section.of(bit(target.singleOutput()))),
        Map.entry("THRESHOLD", Section.of(target.threshold())),
        Map.entry("OFFSETS", Section.of(Literals.list(target.offsets(), String::valueOf))),
        Map.entry("SCALES", Section.of(Literals.list(target.scales(), String::valueOf))),
        Map.entry("NAMES", Section.lines(target.names(), name -> "  " + quote(name) + ",")),
        Map.entry("PARAMETERS", numbers(plan.parameters())));
  }

  private static String categories(int position, Feature feature) {
    return feature.isCategory()
        ? "static const char *const CATEGORIES_%s[] = {%s};\nstatic const char *const FOLDED_%s[] = {%s};"
            .formatted(position, texts(feature.categories()), position, texts(feature.folded()))
        : "/* feature %s has no categories */".formatted(position);
  }

  private static String feature(int position, Feature feature) {
    Object imputed = feature.imputed();
    return "  {%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s},"
        .formatted(
            quote(feature.name()),
            constant(feature.kind()),
            feature.offset(),
            feature.scale(),
            bit(imputed != null),
            imputed instanceof Double number ? number : 0.0,
            imputed instanceof String text ? quote(text) : "NULL",
            bit(feature.indicator()),
            feature.isCategory() ? "CATEGORIES_" + position : "NULL",
            feature.isCategory() ? "FOLDED_" + position : "NULL",
            bit(feature.rejectsUnseen()));
  }

  private static String layer(Layer layer) {
    return "  {%s, %s, %s, %s, %s, %s},"
        .formatted(
            layer.inputs(),
            layer.units(),
            constant(layer.activation()),
            layer.number(),
            constant(layer.normalization()),
            layer.epsilon());
  }

  /// `leakyRelu` is `LEAKY_RELU`.
  private static String constant(String name) {
    return name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
  }

  private static int bit(boolean value) {
    return value ? 1 : 0;
  }

  private static Section numbers(Parameters parameters) {
    return out -> {
      long count = parameters.count();
      for (int i = 0; i < count; i++) {
        out.write(i % NUMBERS_OF_A_LINE != 0 ? " " : i == 0 ? "  " : "\n  ");
        out.write(Float.toString(Literals.number(parameters, i)));
        out.write("f,");
      }
    };
  }

  private static String texts(List<String> texts) {
    return texts.stream().map(text -> quote(text) + ", ").collect(Collectors.joining()) + "NULL";
  }

  /// Octal digits end after three, unlike hexadecimal ones.
  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (byte unit : utf8(text)) {
      int value = Byte.toUnsignedInt(unit);
      quoted.append(
          Literals.isPlain(value) ? String.valueOf((char) value) : "\\%03o".formatted(value));
    }
    return quoted.append('"').toString();
  }

  /// UTF-8, but for U+0000, which would end the string.
  private static byte[] utf8(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
      if (unit == 0) {
        out.write(0xc0);
        out.write(0x80);
      } else {
        out.write(unit);
      }
    }
    return out.toByteArray();
  }
}
