package dev.backprop.inference.protocol;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What the OpenAPI document says of the errors of the Open Inference Protocol.
@ApiResponse(
    responseCode = "4XX",
    description = "What is wrong: 400, 404, 413 and 415 as everywhere",
    content =
        @Content(
            mediaType = "application/json",
            schemaProperties = @SchemaProperty(name = "error", schema = @Schema(type = "string")),
            examples = @ExampleObject(OpenInferenceExamples.ERROR)))
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@interface OpenInferenceErrors {}
