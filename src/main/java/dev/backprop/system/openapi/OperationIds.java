package dev.backprop.system.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springdoc.core.customizers.OpenApiCustomizer;

/// Names each operation by its method and path, such as `getModelVersion`, so that a method of a
/// generated client keeps its name when operations are added.
final class OperationIds implements OpenApiCustomizer {

  private static final String OURS = "/api/v1/";

  @Override
  public void customise(OpenAPI document) {
    document
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach(
                        (method, operation) ->
                            operation.setOperationId(id(method, path, operation))));
  }

  /// The words of a path; one before a variable stands for one thing of many.
  private static List<String> nouns(String path) {
    List<String> nouns = new ArrayList<>();
    String rest = path.startsWith(OURS) ? path.substring(OURS.length()) : inference(path);
    for (String segment : rest.split("/", -1)) {
      if (segment.startsWith("{")) {
        nouns.set(nouns.size() - 1, singular(nouns.getLast()));
      } else {
        nouns.addAll(List.of(segment.split("[^A-Za-z0-9]+")));
      }
    }
    return nouns;
  }

  private static String inference(String path) {
    return "inference" + path.replaceFirst("^/v2", "");
  }

  private static String id(HttpMethod method, String path, Operation operation) {
    List<String> nouns = nouns(path);
    boolean ofOne = path.endsWith("}");
    String verb =
        switch (method) {
          case GET -> isPaged(operation) ? "list" : "get";
          case PUT -> "set";
          case PATCH -> "update";
          case POST -> {
            // the last word of jobs/{id}/cancel says what is done
            if (nouns.size() > 1 && !ofOne) {
              yield nouns.removeLast();
            }
            nouns.set(nouns.size() - 1, singular(nouns.getLast()));
            yield "create";
          }
          default -> method.name().toLowerCase(Locale.ROOT);
        };
    StringBuilder id = new StringBuilder(verb);
    nouns.forEach(
        noun -> id.append(noun.substring(0, 1).toUpperCase(Locale.ROOT)).append(noun.substring(1)));
    return id.toString();
  }

  private static boolean isPaged(Operation operation) {
    return operation.getParameters() != null
        && operation.getParameters().stream()
            .anyMatch(parameter -> "limit".equals(parameter.getName()));
  }

  private static String singular(String noun) {
    if (noun.endsWith("ases")) {
      return noun.substring(0, noun.length() - 2);
    }
    return noun.endsWith("s") && !noun.endsWith("ss") ? noun.substring(0, noun.length() - 1) : noun;
  }
}
