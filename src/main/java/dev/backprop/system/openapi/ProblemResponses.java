package dev.backprop.system.openapi;

import dev.backprop.http.Idempotent;
import dev.backprop.problem.InputError;
import dev.backprop.problem.Problem;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.Problems;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/// Adds the problems that a method names, and those that every operation has, to its responses.
final class ProblemResponses implements OperationCustomizer {

  private static final String PROBLEM_JSON =
      org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;

  private final boolean keys;

  ProblemResponses(boolean keys) {
    this.keys = keys;
  }

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    Problems named = method.getMethodAnnotation(Problems.class);
    // the operations of another protocol have errors of their own and name no problems
    if (named != null) {
      types(named, method, operation).stream()
          .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()))
          .forEach((status, types) -> add(operation, status, types));
    }
    return operation;
  }

  private Set<ProblemType> types(Problems named, HandlerMethod method, Operation operation) {
    Set<ProblemType> types = EnumSet.noneOf(ProblemType.class);
    types.addAll(List.of(named.value()));
    types.add(ProblemType.INTERNAL);
    if (operation.getRequestBody() != null || operation.getParameters() != null) {
      types.add(ProblemType.INVALID_REQUEST);
    }
    if (method.hasMethodAnnotation(Idempotent.class)) {
      types.add(ProblemType.IDEMPOTENCY_KEY_IN_USE);
      types.add(ProblemType.IDEMPOTENCY_KEY_REUSED);
    }
    if (keys) {
      types.add(ProblemType.UNAUTHORIZED);
    }
    return types;
  }

  private static void add(Operation operation, int status, List<ProblemType> types) {
    MediaType media = new MediaType().schema(ProblemSchemas.reference(ProblemSchemas.PROBLEM));
    types.forEach(type -> media.addExamples(type.slug(), example(type)));
    String description =
        types.stream()
            .map(type -> "**" + type.title() + ".** " + type.explanation())
            .collect(Collectors.joining("\n\n"));
    operation
        .getResponses()
        .addApiResponse(
            Integer.toString(status),
            new ApiResponse()
                .description(description)
                .content(new Content().addMediaType(PROBLEM_JSON, media)));
  }

  private static Example example(ProblemType type) {
    Map<String, List<InputError>> errors =
        Map.of(
            "invalid-request",
            List.of(
                InputError.at(
                    "#/training/epochs", "expected a whole number, got the string \"3\"")),
            "invalid-specification",
            List.of(
                InputError.at(
                    "#/features/0", "The data set has no column 'x9'; it has x1, x2, y.")),
            "invalid-data",
            List.of(InputError.inLine(7, "x2", "'abc' is not a number.")));
    Problem problem =
        new Problem(
            "/problems/" + type.slug(),
            type.title(),
            type.status(),
            type.explanation(),
            "/api/v1/…",
            errors.getOrDefault(type.slug(), List.of()));
    return new Example().summary(type.title()).value(problem);
  }
}
