package dev.backprop.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A JSON Pointer, RFC 6901, to a field of a job.
///
/// @param steps unescaped, one at least
record FieldPointer(List<String> steps) {

  private static final int MAX_LENGTH = 200;
  private static final Pattern FORM = Pattern.compile("(?:/(?:[^/~]|~[01])*)+");
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,5}");

  /// Copies the list.
  FieldPointer {
    steps = List.copyOf(steps);
  }

  /// Reads a pointer to something within a value.
  static Optional<FieldPointer> parse(String pointer) {
    if (pointer.length() > MAX_LENGTH || !FORM.matcher(pointer).matches()) {
      return Optional.empty();
    }
    List<String> steps = new ArrayList<>();
    for (String step : pointer.substring(1).split("/", -1)) {
      steps.add(step.replace("~1", "/").replace("~0", "~"));
    }
    return Optional.of(new FieldPointer(steps));
  }

  /// The field of the job that it is, or is in.
  String root() {
    return steps.getFirst();
  }

  int depth() {
    return steps.size();
  }

  /// Puts the value in its place. Objects on the way that are missing are made, and an element one
  /// behind the end of an array.
  ///
  /// @return whether there is such a place
  boolean set(ObjectNode root, JsonNode value) {
    JsonNode holder = root;
    for (int i = 0; i < steps.size() - 1; i++) {
      JsonNode next = get(holder, steps.get(i));
      if (next == null || next.isNull()) {
        next =
            INDEX.matcher(steps.get(i + 1)).matches()
                ? JsonNodeFactory.instance.arrayNode()
                : JsonNodeFactory.instance.objectNode();
        if (!put(holder, steps.get(i), next)) {
          return false;
        }
      }
      holder = next;
    }
    return put(holder, steps.getLast(), value);
  }

  private static @Nullable JsonNode get(JsonNode holder, String step) {
    return switch (holder) {
      case ObjectNode object -> object.get(step);
      case ArrayNode array when INDEX.matcher(step).matches() -> array.get(Integer.parseInt(step));
      default -> null;
    };
  }

  private static boolean put(JsonNode holder, String step, JsonNode value) {
    switch (holder) {
      case ObjectNode object -> object.set(step, value);
      case ArrayNode array when INDEX.matcher(step).matches() -> {
        int index = Integer.parseInt(step);
        if (index > array.size()) {
          return false;
        }
        if (index == array.size()) {
          array.add(value);
        } else {
          array.set(index, value);
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }
}
