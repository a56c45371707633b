package dev.backprop.system.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Locale;
import org.springdoc.core.customizers.OpenApiCustomizer;

/// Says in another way what openapi-generator makes code of that does not compile: a form without a
/// name, which gets the same as the operation's parameters, and the default of a value of several
/// types.
final class ForGenerators implements OpenApiCustomizer {

  private static final String FORM = org.springframework.http.MediaType.MULTIPART_FORM_DATA_VALUE;

  @Override
  public void customise(OpenAPI document) {
    for (PathItem path : document.getPaths().values()) {
      path.readOperations().forEach(operation -> nameForm(operation, document));
    }
    SchemaTree.visit(document, ForGenerators::describeDefault);
  }

  private static void nameForm(Operation operation, OpenAPI document) {
    MediaType form =
        operation.getRequestBody() == null || operation.getRequestBody().getContent() == null
            ? null
            : operation.getRequestBody().getContent().get(FORM);
    if (form != null && form.getSchema() != null && form.getSchema().get$ref() == null) {
      String id = operation.getOperationId();
      String name = id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1) + "Form";
      document.getComponents().addSchemas(name, form.getSchema());
      form.setSchema(ProblemSchemas.reference(name));
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static void describeDefault(Schema<?> schema) {
    Object value = schema.getDefault();
    if (value != null && schema.getTypes() != null && schema.getTypes().size() > 1) {
      ((Schema) schema).setDefault(null);
      schema.setDefaultSetFlag(false);
      String description = schema.getDescription() == null ? "" : schema.getDescription() + " ";
      schema.setDescription(description + "Default: `" + value + "`.");
    }
  }
}
