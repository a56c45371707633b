package dev.backprop.system.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import org.springdoc.core.customizers.OpenApiCustomizer;

/// Makes numbers of the defaults that annotations can only give as texts.
final class NumericDefaults implements OpenApiCustomizer {

  @Override
  public void customise(OpenAPI document) {
    SchemaTree.visit(
        document,
        schema -> {
          if (schema.getDefault() instanceof String text && isNumber(schema)) {
            setDefault(schema, new BigDecimal(text));
          }
        });
  }

  private static boolean isNumber(Schema<?> schema) {
    return "number".equals(schema.getType())
        || (schema.getTypes() != null && schema.getTypes().contains("number"));
  }

  @SuppressWarnings("unchecked")
  private static void setDefault(Schema<?> schema, Object value) {
    ((Schema<Object>) schema).setDefault(value);
  }
}
