package dev.backprop.system.openapi;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;

/// Says which `type` names which of several forms, so that a generated client writes `sgd` and not
/// the name of the form's schema.
final class VariantNames implements OpenApiCustomizer {

  private static final String PREFIX = "#/components/schemas/";

  private final List<Class<?>> choices;

  /// @param choices interfaces with a [JsonSubTypes]
  VariantNames(List<Class<?>> choices) {
    this.choices = List.copyOf(choices);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void customise(OpenAPI document) {
    Map<String, Schema> schemas = document.getComponents().getSchemas();
    for (Class<?> choice : choices) {
      Schema schema = schemas.get(choice.getSimpleName());
      if (schema != null) {
        nameVariants(choice.getAnnotation(JsonSubTypes.class), schema);
      }
    }
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private static void nameVariants(JsonSubTypes variants, Schema choice) {
    Map<String, String> names = new TreeMap<>();
    for (JsonSubTypes.Type variant : variants.value()) {
      names.put(variant.name(), PREFIX + variant.value().getSimpleName());
    }
    Discriminator discriminator = choice.getDiscriminator();
    discriminator.setMapping(names);
    Schema type = (Schema) choice.getProperties().get(discriminator.getPropertyName());
    if (type != null) {
      type.setEnum(List.copyOf(names.keySet()));
    }
  }
}
