package dev.backprop.system.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;

/// Sorts the paths as one would read them: a collection before what is in it.
final class ReadingOrder implements OpenApiCustomizer {

  @Override
  public void customise(OpenAPI document) {
    Paths sorted = new Paths();
    List<String> paths =
        document.getPaths().keySet().stream().sorted(Comparator.naturalOrder()).toList();
    paths.forEach(path -> sorted.addPathItem(path, document.getPaths().get(path)));
    Map<String, Object> extensions = document.getPaths().getExtensions();
    if (extensions != null) {
      sorted.setExtensions(extensions);
    }
    document.setPaths(sorted);
  }
}
