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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Brings the rows of a request into the order of the features and encodes them. One use, one
/// thread.
final class RowReader {

  /// A message names so many features, not thousands.
  private static final int NAMED = 20;

  private final Preprocessor preprocessor;

  // of the row before: most often all rows have the same keys
  private @Nullable List<String> lastKeys;
  private int[] order = {};
  private @Nullable String unknown;

  RowReader(Preprocessor preprocessor) {
    this.preprocessor = preprocessor;
  }

  /// Encodes one row of a request.
  ///
  /// @param out takes the inputs of the network from `offset` on
  EncodedRow encode(RawRows rows, int row, float[] out, int offset) {
    List<String> keys = rows.keys(row);
    if (keys != null && !keys.equals(lastKeys)) {
      lastKeys = keys;
      order = order(keys);
      unknown = unknown(keys);
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

  private Stream<String> features() {
    return preprocessor.features().stream().map(FeatureEncoder::name);
  }

  /// The place of each feature among the keys, -1 where it is not there.
  private int[] order(List<String> keys) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      places.put(keys.get(i), i);
    }
    return features().mapToInt(feature -> places.getOrDefault(feature, -1)).toArray();
  }

  /// The first key that is neither a feature nor a target, null if there is none.
  private @Nullable String unknown(List<String> keys) {
    Set<String> known = new HashSet<>(preprocessor.target().columns());
    features().forEach(known::add);
    return keys.stream().filter(key -> !known.contains(key)).findFirst().orElse(null);
  }

  private String names() {
    String shown =
        features().limit(NAMED).map(JsonErrors::shorten).collect(Collectors.joining(", "));
    int more = preprocessor.features().size() - NAMED;
    return more <= 0 ? shown : shown + " and " + more + " more";
  }

  private static EncodedRow refused(String error) {
    return new EncodedRow(List.of(), List.of(error));
  }
}
