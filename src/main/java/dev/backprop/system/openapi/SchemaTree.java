package dev.backprop.system.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All schemas of a document, those within others too.
final class SchemaTree {

  private SchemaTree() {}

  /// Calls it with every schema.
  @SuppressWarnings("rawtypes")
  static void visit(OpenAPI document, Consumer<Schema<?>> visitor) {
    for (Schema schema : document.getComponents().getSchemas().values()) {
      visit((Schema<?>) schema, visitor);
    }
  }

  private static void visit(Schema<?> schema, Consumer<Schema<?>> visitor) {
    visitor.accept(schema);
    nested(schema).forEach(each -> visit(each, visitor));
  }

  private static Stream<Schema<?>> nested(Schema<?> schema) {
    return Stream.of(
            values(schema.getProperties()),
            list(schema.getAllOf()),
            list(schema.getOneOf()),
            list(schema.getAnyOf()))
        .flatMap(Collection::stream);
  }

  @SuppressWarnings("rawtypes")
  private static Collection<Schema<?>> values(@Nullable Map<String, Schema> schemas) {
    return schemas == null ? List.of() : list(List.copyOf(schemas.values()));
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private static Collection<Schema<?>> list(@Nullable List<Schema> schemas) {
    return schemas == null
        ? List.of()
        : (List<Schema<?>>) (List<?>) schemas.stream().filter(Objects::nonNull).toList();
  }
}
