package dev.backprop.system.openapi;

import dev.backprop.http.Idempotent;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/// Shows the header of operations that may be repeated.
final class IdempotencyKeys implements OperationCustomizer {

  private static final String DESCRIPTION =
      """
      Makes the request safe to repeat: the same request with the same key is done once and gets \
      the first reply again, for 24 hours. A string in double quotes, 1 to 255 characters, another \
      for each thing to do.""";

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    if (method.hasMethodAnnotation(Idempotent.class) && !hasKey(operation)) {
      operation.addParametersItem(
          new HeaderParameter()
              .name(Idempotent.HEADER)
              .description(DESCRIPTION)
              .schema(new StringSchema())
              // not an example, which Swagger UI would send again and again
              .required(false));
    }
    return operation;
  }

  /// Several methods for several media types are one operation.
  private static boolean hasKey(Operation operation) {
    return operation.getParameters() != null
        && operation.getParameters().stream()
            .anyMatch(parameter -> Idempotent.HEADER.equals(parameter.getName()));
  }
}
