package dev.backprop.inference.scorer;

import dev.backprop.inference.export.ExportFormat;
import dev.backprop.inference.export.ModelExporter;
import dev.backprop.model.Model;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Writes models as source of one language.
final class ScorerExporter implements ModelExporter {

  /// Numbers of a model that compilers and readers still take in a source file.
  static final int MOST_NUMBERS = 2_000_000;

  /// Features and categories; a class of Java has 65,535 constants.
  static final int MOST_FEATURES = 5_000;

  /// Classes, labels or targets.
  static final int MOST_SCORES = 2_000;

  /// Characters of a name or category; Java takes 65,535 bytes.
  static final int LONGEST_TEXT = 10_000;

  private final ExportFormat format;
  private final ScorerLanguage language;

  ScorerExporter(ExportFormat format, ScorerLanguage language) {
    this.format = format;
    this.language = language;
  }

  @Override
  public ExportFormat format() {
    return format;
  }

  @Override
  public Content export(Model model) {
    ScoringPlan plan = ScoringPlan.of(model);
    int features =
        plan.features().stream()
            .mapToInt(feature -> 1 + feature.categories().size() + feature.folded().size())
            .sum();
    require("numbers", plan.parameters().count(), MOST_NUMBERS);
    require("features and categories", features, MOST_FEATURES);
    require("outputs", plan.target().names().size(), MOST_SCORES);
    int longest = plan.texts().mapToInt(String::length).max().orElse(0);
    require("characters in a name or category", longest, LONGEST_TEXT);
    return out -> {
      Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      language.write(plan, text);
      text.flush();
    };
  }

  private static void require(String what, long count, int limit) {
    if (count > limit) {
      throw new ProblemException(
          ProblemType.LIMIT_EXCEEDED,
          String.format(
              Locale.ROOT,
              "The model has %,d %s, a scorer as source takes %,d; export it with format=zip.",
              count,
              what,
              limit));
    }
  }
}
