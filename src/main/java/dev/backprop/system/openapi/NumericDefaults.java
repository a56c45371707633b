package dev.backprop.system.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/// Makes numbers of the defaults that annotations can only give as texts.
final class NumericDefaults implements OpenApiCustomizer {

  @Override
  public void customise(OpenAPI document) {
    document.getComponents().getSchemas().values().forEach(NumericDefaults::visit);
  }

  private static void visit(Schema<?> schema) {
    if (schema.getDefault() instanceof String text && isNumber(schema)) {
      setDefault(schema, new BigDecimal(text));
    }
    nested(schema).forEach(NumericDefaults::visit);
  }

  private static boolean isNumber(Schema<?> schema) {
    return "number".equals(schema.getType())
        || (schema.getTypes() != null && schema.getTypes().contains("number"));
  }

  @SuppressWarnings("unchecked")
  private static void setDefault(Schema<?> schema, Object value) {
    ((Schema<Object>) schema).setDefault(value);
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
