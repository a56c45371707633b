package dev.backprop.system.openapi;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.List;

/// Schemas of an error's body, written by hand because no controller returns one.
final class ProblemSchemas {

  static final String PROBLEM = "Problem";
  static final String ERROR = "InputError";

  private ProblemSchemas() {}

  static Schema<?> problem() {
    Schema<?> problem = new ObjectSchema().description("An error, as RFC 9457 has it.");
    problem.addProperty("type", text("Address of the page about this kind of problem."));
    problem.addProperty("title", text("The same words for every occurrence."));
    problem.addProperty("status", new IntegerSchema().description("The HTTP status."));
    problem.addProperty("detail", text("What happened this time, and what to do."));
    problem.addProperty("instance", text("Path of the request."));
    problem.addProperty(
        "errors",
        new ArraySchema()
            .items(reference(ERROR))
            .description("Every place of the request that is wrong, at most 50."));
    problem.setRequired(List.of("type", "title", "status", "detail"));
    return problem;
  }

  static Schema<?> inputError() {
    Schema<?> error =
        new ObjectSchema().description("One thing that is wrong with the request, and where.");
    error.addProperty("pointer", text("JSON Pointer into the request, for JSON."));
    error.addProperty("line", new IntegerSchema().description("Line from 1, for a file."));
    error.addProperty("column", text("Name of the column, for a file."));
    error.addProperty("detail", text("What is wrong and what would be right."));
    error.setRequired(List.of("detail"));
    return error;
  }

  static Schema<?> reference(String name) {
    return new Schema<>().$ref("#/components/schemas/" + name);
  }

  private static Schema<?> text(String description) {
    return new StringSchema().description(description);
  }
}
