package dev.backprop.system.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Keeps the document of the real controllers complete.
@SpringBootTest
@AutoConfigureMockMvc
class OpenApiDocumentTests {

  /// As many operations as there are at least; raise it with every new one.
  private static final int OPERATIONS = 48;

  @Autowired private MockMvcTester mvc;
  @Autowired private JsonMapper json;

  @Test
  void explainsEveryOperation() throws Exception {
    OpenApiRules rules = new OpenApiRules(document());

    assertThat(rules.violations()).isEmpty();
    assertThat(rules.operations()).hasSizeGreaterThanOrEqualTo(OPERATIONS);
  }

  @Test
  void namesTheVariantsAsRequestsDo() throws Exception {
    JsonNode schemas = document().at("/components/schemas");

    assertThat(schemas.at("/OptimizerSettings/discriminator/mapping/sgd").asString())
        .isEqualTo("#/components/schemas/SgdSettings");
    assertThat(schemas.at("/OptimizerSettings/properties/type/enum").toString())
        .contains("\"sgd\"", "\"adam\"");
    assertThat(schemas.at("/Generator/discriminator/mapping/xor").asString())
        .isEqualTo("#/components/schemas/Xor");
    for (String name :
        List.of("xor", "circles", "gaussians", "spirals", "moons", "plane", "waves")) {
      String schema = schemas.at("/Generator/discriminator/mapping/" + name).asString();
      JsonNode generator = schemas.path(schema.substring(schema.lastIndexOf('/') + 1));
      assertThat(generator.toString()).as(name).contains("x1", "from 0 to 1e6", "max-rows");
    }
    assertThat(schemas.at("/TrainingSettings/properties/batchSize").has("$ref")).isFalse();
  }

  @Test
  void namesEachParameterOnce() throws Exception {
    for (JsonNode path : document().get("paths")) {
      for (JsonNode operation : path) {
        assertThat(
                operation
                    .path("parameters")
                    .valueStream()
                    .map(parameter -> parameter.path("in") + " " + parameter.path("name")))
            .as(operation.path("operationId").asString())
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void canBeMadeCodeOf() throws Exception {
    JsonNode document = document();

    List<String> ids = document.findValuesAsString("operationId");
    assertThat(ids).doesNotHaveDuplicates().noneMatch(id -> id.contains("_"));
    assertThat(ids).contains("createJob", "getJob", "predictModel", "createDataset");
    assertThat(
            document
                .at("/paths/~1api~1v1~1datasets/post/requestBody/content/multipart~1form-data")
                .at("/schema/$ref")
                .asString())
        .isEqualTo("#/components/schemas/CreateDatasetForm");
    assertThat(document.at("/components/schemas/CreateDatasetForm/properties").has("file"))
        .isTrue();
    JsonNode weights = document.at("/components/schemas/TrainingSettings/properties/classWeights");
    assertThat(weights.has("default")).isFalse();
    assertThat(weights.get("description").asString()).endsWith("Default: `none`.");
  }

  @Test
  void showsEveryKindOfEvent() throws Exception {
    JsonNode document = document();
    JsonNode responses = document.at("/paths/~1api~1v1~1jobs~1{id}~1events/get/responses");

    assertThat(responses.at("/200/content").propertyNames())
        .containsExactlyInAnyOrder("application/json", "text/event-stream");
    assertThat(responses.has("204")).isTrue();
    JsonNode schemas = document.at("/components/schemas");
    for (String kind : List.of("Status", "Epoch", "Checkpoint", "Change", "Warning", "Done")) {
      assertThat(schemas.at("/JobEvent/oneOf").toString()).contains(kind + "Event");
      assertThat(schemas.at("/" + kind + "Event/properties").propertyNames())
          .contains("seq", "type", "time");
    }
  }

  @Test
  void describesTheServer() throws Exception {
    JsonNode document = document();

    assertThat(document.path("openapi").asString()).startsWith("3.1");
    assertThat(document.at("/info/title").asString()).isEqualTo("Backprop Server");
    assertThat(document.at("/info/description").asString()).contains("/api/v1/jobs");
    assertThat(document.at("/info/version").asString()).isNotBlank();
    assertThat(document.at("/servers/0/url").asString()).isEqualTo("/");
    assertThat(document.at("/components/securitySchemes").isMissingNode()).isTrue();
  }

  private JsonNode document() throws Exception {
    var result = mvc.get().uri("/v3/api-docs").exchange();
    assertThat(result).hasStatusOk();
    return json.readTree(result.getResponse().getContentAsByteArray());
  }
}
