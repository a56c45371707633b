package dev.backprop.inference;

import dev.backprop.dataset.preprocessing.EncodedRow;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.RawRow;
import dev.backprop.problem.JsonErrors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Brings the rows of a request into the order of the features and encodes them. One use, one
/// thread.
final class RowReader {

  /// A message names so many features, not thousands.
  private static final int NAMED = 20;

  private final Preprocessor preprocessor;
  private final List<String> features;
  private final Set<String> known;

  // of the row before: most often all rows have the same keys
  private List<String> lastKeys = List.of();
  private int[] order;
  private @Nullable String unknown;

  RowReader(Preprocessor preprocessor) {
    this.preprocessor = preprocessor;
    features = preprocessor.features().stream().map(FeatureEncoder::name).toList();
    known = new HashSet<>(features);
    known.addAll(preprocessor.target().columns());
    order = order(lastKeys);
  }

  /// Encodes one row of a request.
  ///
  /// @param out takes the inputs of the network from `offset` on
  EncodedRow encode(RawRows rows, int row, float[] out, int offset) {
    List<String> keys = rows.keys(row);
    if (keys != null && !keys.equals(lastKeys)) {
      lastKeys = keys;
      order = order(keys);
      unknown = keys.stream().filter(key -> !known.contains(key)).findFirst().orElse(null);
    }
    String error = rows.error(row);
    if (error != null) {
      return refused(error);
    }
    if (keys != null && unknown != null) {
      return refused(
          "there is no feature '%s'; the features are %s"
              .formatted(JsonErrors.shorten(unknown), names()));
    }
    RawRow raw = keys == null ? rows.row(row) : rows.row(row, order);
    return preprocessor.encode(raw, out, offset);
  }

  /// The place of each feature among the keys, -1 where it is not there.
  private int[] order(List<String> keys) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      places.put(keys.get(i), i);
    }
    return features.stream().mapToInt(feature -> places.getOrDefault(feature, -1)).toArray();
  }

  private String names() {
    String shown =
        features.stream().limit(NAMED).map(JsonErrors::shorten).collect(Collectors.joining(", "));
    return features.size() <= NAMED ? shown : shown + " and " + (features.size() - NAMED) + " more";
  }

  private static EncodedRow refused(String error) {
    return new EncodedRow(List.of(), List.of(error));
  }
}
