package dev.backprop.inference;

import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.Suggestions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The first line of CSV: which feature each column is.
final class CsvHeader {

  /// What a field is read as.
  enum Kind {
    /// A column's name: the header is being read.
    NAME,
    /// Text, whatever it looks like.
    TEXT,
    /// A number, or a text where it is none.
    NUMBER,
    /// A target, which is not looked at.
    IGNORED,
    /// More fields than the header has.
    EXTRA
  }

  private final Map<String, Kind> known = new LinkedHashMap<>();
  private final List<String> features;
  private final List<String> names = new ArrayList<>();
  private Kind[] kinds = {};
  private boolean read;

  CsvHeader(Preprocessor preprocessor) {
    preprocessor.target().columns().forEach(target -> known.put(target, Kind.IGNORED));
    for (FeatureEncoder feature : preprocessor.features()) {
      known.put(feature.name(), kindOf(feature));
    }
    features = preprocessor.features().stream().map(FeatureEncoder::name).toList();
  }

  private static Kind kindOf(FeatureEncoder feature) {
    return switch (feature.type()) {
      case CATEGORY, DATE -> Kind.TEXT;
      case NUMBER, BOOLEAN -> Kind.NUMBER;
      case IGNORED -> Kind.IGNORED;
    };
  }

  /// Whether [#end] has been called.
  boolean isRead() {
    return read;
  }

  /// The columns, always the same list.
  List<String> names() {
    return names;
  }

  /// What the field at a position is.
  Kind kind(int index) {
    if (!read) {
      return Kind.NAME;
    }
    return index < kinds.length ? kinds[index] : Kind.EXTRA;
  }

  /// Adds the next column. Beyond all known ones there is something wrong in any case.
  void add(String name) {
    if (names.size() <= known.size() + InputErrors.LIMIT) {
      names.add(name);
    }
  }

  /// Ends the header.
  ///
  /// @throws dev.backprop.problem.ProblemException with all columns that are unknown, missing or
  ///   there twice
  void end(long line) {
    InputErrors errors = new InputErrors();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      String shown = JsonErrors.shorten(name);
      if (!known.containsKey(name)) {
        String detail =
            "there is no feature '" + shown + "'" + Suggestions.didYouMean(name, features);
        errors.add(InputError.inLine(line, shown, detail + " Leave the column out."));
      } else if (!seen.add(name)) {
        errors.add(InputError.inLine(line, shown, "the header has '" + shown + "' twice"));
      }
    }
    features.stream()
        .filter(feature -> !seen.contains(feature))
        .map(JsonErrors::shorten)
        .forEach(
            feature ->
                errors.add(
                    InputError.inLine(
                        line, feature, "the header lacks the feature '" + feature + "'")));
    errors.throwIfAny(ProblemType.INVALID_DATA);
    kinds = names.stream().map(name -> known.getOrDefault(name, Kind.EXTRA)).toArray(Kind[]::new);
    read = true;
  }
}
