package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.inference.file.ModelFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Lineages of model files, by which the imported models are trained again.
@EndToEnd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportedLineagesTests {

  private static final String ABSENT = "absent";
  private static final List<String> VALUES =
      Arrays.asList(
          null,
          "0",
          "-1",
          "2147483647",
          "\"x\"",
          "\"" + "ab".repeat(32) + "\"",
          "[]",
          "[null]",
          "{}",
          "{\"fraction\": 0.5}",
          "[{\"epoch\": 2, \"patch\": {}}]");

  private final Api api;
  private byte[] file = {};

  ImportedLineagesTests(Api api) {
    this.api = api;
  }

  /// A model with all that a lineage may tell.
  @BeforeAll
  void train() {
    String csv = "x,c,y\n0,a,1\n1,b,3\n2,a,5\n3,b,6\n";
    String spec =
        """
        {"name": "%s", "dataset": {"id": "%s"}, "validation": {"dataset": "%s"},%s
         "training": {"epochs": 4}}""";
    String dataset = api.upload("told", csv);
    String validation = api.upload("unseen", csv + "4,a,9\n");
    String network = "\"network\": {\"hidden\": [{\"units\": 3}]},";
    api.train(spec.formatted("ancestor", dataset, validation, network));
    String start = "\"warmStart\": {\"model\": \"ancestor\"},";
    api.train(spec.formatted("told", dataset, validation, start));
    file = api.download(Api.MODELS + "/told/export?format=zip");
  }

  private Reply importWith(String pointer, @Nullable String value) {
    return api.postBytes(
        Api.MODELS + "/import?name=imported",
        ModelFiles.with(file, "model.json", pointer, value),
        "application/zip");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = ABSENT,
      value = {
        "/spec/validation | absent | #/spec/validation/dataset",
        "/spec/validation | {\"fraction\": 0.5} | #/spec/validation/dataset",
        "/spec/validation/dataset | absent | #/spec/validation/dataset",
        "/lineage/validationDatasetSha256 | absent | #/lineage/validationDatasetSha256",
        "/spec/dataset | absent | #/spec/dataset",
        "/lineage/epochs | 0 | #/lineage/epochs",
        "/lineage/epochs | 5 | #/lineage/epochs",
        "/spec/training/epochs | 3 | #/lineage/epochs",
      })
  void thatContradictTheSpecAreRefused(String pointer, @Nullable String value, String place) {
    JsonNode problem = importWith(pointer, value).expect(422).json();

    assertThat(problem.get("type").asString()).isEqualTo("/problems/invalid-model");
    assertThat(problem.get("errors")).hasSize(1);
    assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(place);
    assertThat(problem.at("/errors/0/detail").asString())
        .containsAnyOf("is required where", "must be at");
  }

  /// A webhook would be refused or called.
  @Test
  void areVerifiedWithoutTheWebhookOfTheJob() {
    String version =
        importWith("/spec/webhook", "{\"url\": \"https://hooks.example/\"}")
            .expect(201)
            .header("Location");

    api.post(version + "/verify", "", "Prefer", "wait=60").expect(200);
    api.delete(version).expect(204);
  }

  @Test
  void areVerifiedOrRefusedWhateverTheySay() {
    JsonNode document =
        api.get(Api.MODELS + "/told/export?format=json").expect(200).json().get("model");
    List<String> pointers =
        new ArrayList<>(
            List.of(
                "/lineage/changes",
                "/lineage/imported",
                "/lineage/parent/job",
                "/lineage/parent/epoch",
                "/spec/priority",
                "/spec/webhook"));
    for (String part : List.of("/lineage", "/spec")) {
      addFields(document.at(part), part, pointers);
    }
    assertThat(pointers).contains("/lineage/parent/version", "/spec/warmStart/model");

    for (String pointer : pointers) {
      for (String value : VALUES) {
        assertNoMistakeOfTheServer(pointer, value);
      }
    }
  }

  private static void addFields(JsonNode node, String at, List<String> pointers) {
    for (String name : node.propertyNames()) {
      pointers.add(at + "/" + name);
      addFields(node.get(name), at + "/" + name, pointers);
    }
  }

  private void assertNoMistakeOfTheServer(String pointer, @Nullable String value) {
    Reply imported = importWith(pointer, value);
    assertThat(imported.status()).as("%s: %s %s", pointer, value, imported).isIn(201, 422);
    if (imported.status() == 201) {
      String version = imported.header("Location");
      Reply verified = api.post(version + "/verify", "", "Prefer", "wait=60");
      assertThat(verified.status()).as("%s: %s %s", pointer, value, verified).isIn(200, 409);
      assertThat(verified.json().path("reason").asString("")).doesNotContain("made a mistake");
      api.delete(version).expect(204);
    }
  }
}
