package dev.backprop.system.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What every operation of the OpenAPI document owes its reader.
final class OpenApiRules {

  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private final List<String> operations = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();

  OpenApiRules(JsonNode document) {
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          String name = method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey();
          operations.add(name);
          check(name, method.getValue());
        }
      }
    }
  }

  /// Every operation, as `GET /api/v1/jobs`.
  List<String> operations() {
    return operations;
  }

  /// What is missing, one line each.
  List<String> violations() {
    return violations;
  }

  private void check(String name, JsonNode operation) {
    require(name, "a summary", !operation.path("summary").asString("").isBlank());
    require(name, "a description", !operation.path("description").asString("").isBlank());
    require(name, "a tag", operation.path("tags").size() > 0);
    for (JsonNode parameter : operation.path("parameters").values()) {
      require(
          name,
          "a description of parameter " + parameter.path("name").asString(),
          !parameter.path("description").asString("").isBlank());
    }
    if (operation.has("requestBody")) {
      require(name, "a request example", hasExample(operation.at("/requestBody/content")));
    }
    boolean error = false;
    for (Map.Entry<String, JsonNode> response : operation.path("responses").properties()) {
      JsonNode content = response.getValue().path("content");
      boolean success = response.getKey().startsWith("2");
      error |= !success;
      if (!content.isEmpty()) {
        require(name, "an example of response " + response.getKey(), hasExample(content));
      }
    }
    require(name, "its error responses (@Problems)", error);
  }

  private void require(String operation, String what, boolean present) {
    if (!present) {
      violations.add(operation + " lacks " + what);
    }
  }

  private static boolean hasExample(JsonNode content) {
    return content.valueStream().anyMatch(media -> media.has("example") || media.has("examples"));
  }
}
