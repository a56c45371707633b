package dev.backprop.job;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON Merge Patch, RFC 7396, with one exception: where a patch changes what kind of thing an
/// object is, the patch's object is taken as it is, because the other members of the old one mean
/// nothing there: adam's beta1 would be an error in sgd.
final class MergePatch {

  /// Members that say what kind of thing an object is.
  private static final Set<String> KINDS = Set.of("type", "metric");

  private MergePatch() {}

  /// A document after a patch; neither of the two is changed.
  ///
  /// @param target null for none
  static JsonNode apply(@Nullable JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode members)) {
      return patch;
    }
    ObjectNode result =
        target instanceof ObjectNode object && !isAnother(object, members)
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      if (member.getValue().isNull()) {
        result.remove(member.getKey());
      } else {
        result.set(member.getKey(), apply(result.get(member.getKey()), member.getValue()));
      }
    }
    return result;
  }

  private static boolean isAnother(ObjectNode target, ObjectNode patch) {
    return KINDS.stream()
        .anyMatch(
            kind ->
                target.has(kind) && patch.has(kind) && !target.get(kind).equals(patch.get(kind)));
  }
}
