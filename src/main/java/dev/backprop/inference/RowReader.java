package dev.backprop.inference;

import dev.backprop.dataset.EncodedRow;
import dev.backprop.dataset.FeatureEncoder;
import dev.backprop.dataset.Preprocessor;
import dev.backprop.dataset.RawRow;
import dev.backprop.problem.JsonErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Brings the rows of a request into the order of the features and encodes them.
final class RowReader {

  /// A message names so many features, not thousands.
  private static final int NAMED = 20;

  private final Preprocessor preprocessor;
  private final List<String> features;
  private final Set<String> known;

  RowReader(Preprocessor preprocessor) {
    this.preprocessor = preprocessor;
    features = preprocessor.features().stream().map(FeatureEncoder::name).toList();
    known = new HashSet<>(features);
    known.addAll(preprocessor.target().columns());
  }

  /// Encodes one row of a request.
  ///
  /// @param out takes the inputs of the network from `offset` on
  EncodedRow encode(PredictRequest request, int row, float[] out, int offset) {
    List<@Nullable Object> values;
    if (request.inputs() != null) {
      values = request.inputs().get(row);
    } else {
      Map<String, @Nullable Object> object =
          request.rows() == null ? null : request.rows().get(row);
      if (object != null) {
        List<String> unknown = object.keySet().stream().filter(k -> !known.contains(k)).toList();
        if (!unknown.isEmpty()) {
          return refused(
              "there is no feature '%s'; the features are %s"
                  .formatted(JsonErrors.shorten(unknown.getFirst()), names()));
        }
      }
      values = object == null ? null : ordered(object);
    }
    if (values == null) {
      return refused("the row is null");
    }
    for (Object value : values) {
      if (value instanceof List || value instanceof Map) {
        return refused("a value is a number or a text, not an array or object");
      }
    }
    return preprocessor.encode(RawRow.of(values), out, offset);
  }

  private String names() {
    String shown =
        features.stream().limit(NAMED).map(JsonErrors::shorten).collect(Collectors.joining(", "));
    return features.size() <= NAMED ? shown : shown + " and " + (features.size() - NAMED) + " more";
  }

  private List<@Nullable Object> ordered(Map<String, @Nullable Object> object) {
    List<@Nullable Object> values = new ArrayList<>(features.size());
    for (String feature : features) {
      values.add(object.get(feature));
    }
    return values;
  }

  private static EncodedRow refused(String error) {
    return new EncodedRow(List.of(), List.of(error));
  }
}
