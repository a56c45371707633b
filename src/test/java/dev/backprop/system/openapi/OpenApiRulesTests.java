package dev.backprop.system.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.problem.Bound;
import dev.backprop.problem.ProblemType;
import dev.backprop.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tries the rules, and the customizers, on a controller with all and one with nothing.
@SpringBootTest(properties = "backprop.security.api-keys=0123456789abcdef")
@AutoConfigureMockMvc
@Import({OpenApiRulesTests.Good.class, OpenApiRulesTests.Bad.class})
class OpenApiRulesTests {

  @Autowired private MockMvcTester mvc;
  @Autowired private JsonMapper json;

  @Test
  void namesWhatABareOperationLacks() throws Exception {
    assertThat(new OpenApiRules(document()).violations())
        .filteredOn(violation -> violation.contains("/api/rules/bad"))
        .containsExactlyInAnyOrder(
            "POST /api/rules/bad lacks a summary",
            "POST /api/rules/bad lacks a description",
            "POST /api/rules/bad lacks a description of parameter limit",
            "POST /api/rules/bad lacks a request example",
            "POST /api/rules/bad lacks an example of response 200",
            "POST /api/rules/bad lacks its error responses (@Problems)");
  }

  @Test
  void findsNothingInAWellDescribedOperation() throws Exception {
    OpenApiRules rules = new OpenApiRules(document());

    assertThat(rules.operations()).contains("POST /api/rules/good", "GET /api/rules/good");
    assertThat(rules.violations()).filteredOn(line -> line.contains("/api/rules/good")).isEmpty();
  }

  @Test
  void addsTheProblemsThatAMethodNames() throws Exception {
    JsonNode responses = document().at("/paths/~1api~1rules~1good/post/responses");

    assertThat(responses.propertyNames()).contains("200", "400", "401", "422", "429", "500");
    JsonNode unprocessable = responses.path("422");
    assertThat(unprocessable.path("description").asString())
        .contains("The specification does not work", "A limit of the server is exceeded");
    JsonNode media = unprocessable.path("content").path("application/problem+json");
    assertThat(media.at("/schema/$ref").asString()).isEqualTo("#/components/schemas/Problem");
    assertThat(media.at("/examples/invalid-specification/value/errors/0/pointer").asString())
        .isEqualTo("#/features/0");
    assertThat(media.at("/examples/limit-exceeded/value/status").asInt()).isEqualTo(422);
  }

  @Test
  void leavesOutTheProblemsThatCannotHappen() throws Exception {
    JsonNode responses = document().at("/paths/~1api~1rules~1good/get/responses");

    assertThat(responses.propertyNames()).containsExactlyInAnyOrder("200", "401", "500");
  }

  @Test
  void showsABodyAsTheCallerWritesIt() throws Exception {
    JsonNode document = document();

    assertThat(
            document
                .at("/paths/~1api~1rules~1good/post/requestBody/content")
                .path("application/json")
                .at("/schema/$ref")
                .asString())
        .isEqualTo("#/components/schemas/Body");
    assertThat(document.at("/components/schemas/Body/properties/kind/enum").toString())
        .isEqualTo("[\"early\",\"veryLate\"]");
  }

  @Test
  void describesTheBodyOfAProblem() throws Exception {
    JsonNode document = document();

    assertThat(document.at("/components/schemas/Problem/properties/errors/items/$ref").asString())
        .isEqualTo("#/components/schemas/InputError");
    assertThat(document.at("/components/schemas/Problem/properties/detail/type").asString())
        .isEqualTo("string");
  }

  @Test
  void offersToTakeAKey() throws Exception {
    assertThat(document().at("/components/securitySchemes/key/scheme").asString())
        .isEqualTo("bearer");
  }

  private JsonNode document() throws Exception {
    return json.readTree(
        mvc.get().uri("/v3/api-docs").exchange().getResponse().getContentAsByteArray());
  }

  record Body(Kind kind, @Nullable String note) {}

  enum Kind {
    EARLY,
    VERY_LATE
  }

  @RestController
  @Tag(name = "Rules")
  static class Good {

    @PostMapping("/api/rules/good")
    @Operation(
        summary = "Post it",
        description = "Posts it.",
        requestBody =
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                content =
                    @Content(
                        mediaType = "application/json",
                        examples = @ExampleObject("{\"kind\": \"early\"}"))))
    @ApiResponse(
        responseCode = "200",
        description = "As posted.",
        content =
            @Content(
                mediaType = "application/json",
                examples = @ExampleObject("{\"kind\": \"early\"}")))
    @Problems({
      ProblemType.INVALID_SPECIFICATION,
      ProblemType.LIMIT_EXCEEDED,
      ProblemType.QUEUE_FULL
    })
    Body post(
        @Parameter(description = "How many.") @RequestParam(defaultValue = "1") int limit,
        @RequestBody Bound<Body> body) {
      return body.value();
    }

    @GetMapping("/api/rules/good")
    @Operation(summary = "Get it", description = "Gets it.")
    @ApiResponse(
        responseCode = "200",
        description = "It.",
        content =
            @Content(
                mediaType = "application/json",
                examples = @ExampleObject("{\"kind\": \"early\"}")))
    @Problems({})
    Body get() {
      return new Body(Kind.EARLY, null);
    }
  }

  @RestController
  static class Bad {

    @PostMapping("/api/rules/bad")
    Body post(@RequestParam int limit, @RequestBody Body body) {
      return body;
    }
  }
}
