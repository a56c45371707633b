package dev.backprop.inference.scorer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A language that scorers are written in: a template, and what fills its places.
abstract sealed class ScorerLanguage
    permits JavaLanguage, JavaScriptLanguage, PythonLanguage, CLanguage {

  private static final Pattern PLACE = Pattern.compile("@@([A-Z_]+)@@");

  private final String template;

  /// @param resource the name of the template
  ScorerLanguage(String resource) {
    try (InputStream in = ScorerLanguage.class.getResourceAsStream(resource)) {
      template = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What stands at the places of the template.
  abstract Map<String, Section> sections(ScoringPlan plan);

  /// Writes the scorer. What is filled in is not searched for places again.
  final void write(ScoringPlan plan, Writer out) throws IOException {
    Map<String, Section> sections = sections(plan);
    Matcher place = PLACE.matcher(template);
    int end = 0;
    while (place.find()) {
      out.append(template, end, place.start());
      Objects.requireNonNull(sections.get(place.group(1)), place.group()).writeTo(out);
      end = place.end();
    }
    out.append(template, end, template.length());
  }
}
