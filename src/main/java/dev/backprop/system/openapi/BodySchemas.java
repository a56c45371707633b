package dev.backprop.system.openapi;

import com.fasterxml.jackson.databind.JavaType;
import dev.backprop.problem.Bound;
import dev.backprop.problem.EnumNames;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Shows bodies as a caller writes them: without the [Bound] around them, and with the names of
/// choices that JSON has.
final class BodySchemas implements ModelConverter {

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    JavaType java = Json.mapper().constructType(type.getType());
    if (java != null && java.getRawClass() == Bound.class) {
      type.type(java.containedType(0));
      return resolve(type, context, chain);
    }
    Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    if (schema != null && schema.getEnum() != null && java != null && ours(java.getRawClass())) {
      name(schema, java.getRawClass());
    }
    return schema;
  }

  /// Swagger types an enum's schema by its constants, but writes whatever stands there.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static void name(Schema schema, Class<?> choices) {
    schema.setEnum(
        Arrays.stream(choices.getEnumConstants())
            .map(constant -> EnumNames.of((Enum<?>) constant))
            .toList());
  }

  private static boolean ours(Class<?> type) {
    return type.isEnum() && type.getName().startsWith("dev.backprop.");
  }
}
