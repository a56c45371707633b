package dev.backprop.model.onnx;

import dev.backprop.dataset.intake.ColumnNames;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Names of features, targets and labels: those of the request, else those of the file's
/// `metadata_props`, where each is a JSON array of texts, else counted.
final class ImportNames {

  private static final JsonMapper JSON = new JsonMapper();

  private final ImportOptions options;
  private final Map<String, String> metadata;
  private final InputErrors errors = new InputErrors();

  ImportNames(ImportOptions options, Map<String, String> metadata) {
    this.options = options;
    this.metadata = metadata;
  }

  List<String> features(int count) {
    return names("features", options.features(), count, "x", 1);
  }

  List<String> targets(int count) {
    return names("targets", options.targets(), count, "y", 1);
  }

  /// The labels of which a row may have several, under either name.
  List<String> labelsOrTargets(int count) {
    boolean labelled = options.labels() != null || metadata.containsKey("labels");
    return labelled ? labels(count) : targets(count);
  }

  /// The column that the classes are of.
  String target() {
    return names("targets", options.targets(), 1, "y", 1).getFirst();
  }

  List<String> labels(int count) {
    return names("labels", options.labels(), count, "", 0);
  }

  /// As many as there should be, in any case.
  private List<String> names(
      String kind, @Nullable List<String> given, int count, String prefix, int first) {
    List<String> written = given == null ? written(kind) : given;
    if (written != null) {
      check(kind, given == null, written, count);
    }
    return written == null || written.size() != count
        ? IntStream.range(first, first + count).mapToObj(i -> prefix + i).toList()
        : written;
  }

  private void check(String kind, boolean ofFile, List<String> written, int count) {
    String place = ofFile ? "metadata_props " + kind : "query parameter " + kind;
    if (written.size() != count) {
      errors.add(
          "#/" + kind, "%s: %d names, the network has %d".formatted(place, written.size(), count));
    }
    Set<String> taken = new HashSet<>();
    for (String name : written) {
      String shown = JsonErrors.shorten(name);
      if (!taken.add(name)) {
        errors.add("#/" + kind, "%s: '%s' is there twice".formatted(place, shown));
      }
      if (!kind.equals("labels")) {
        ColumnNames.problem(name)
            .ifPresent(problem -> errors.add("#/" + kind, place + ": " + problem));
      }
    }
  }

  private @Nullable List<String> written(String kind) {
    String json = metadata.get(kind);
    if (json == null) {
      return null;
    }
    try {
      return Arrays.asList(JSON.readValue(json, String[].class));
    } catch (JacksonException _) {
      throw InvalidOnnx.because(
          "metadata_props %s is no JSON array of texts; write it as one, or leave it out."
              .formatted(kind));
    }
  }

  /// Ends the request if a name will not do.
  ///
  /// @param features beside which no target may have the same name
  void throwIfAny(List<String> features, List<String> targets) {
    Set<String> both = new HashSet<>(features);
    both.retainAll(targets);
    both.stream()
        .sorted()
        .forEach(
            name ->
                errors.add(
                    "#/targets",
                    "'%s' is a feature and a target; name other targets"
                        .formatted(JsonErrors.shorten(name))));
    errors.throwIfAny(ProblemType.INVALID_REQUEST);
  }
}
