package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Models leave the server as files, and come back.
@EndToEnd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportTests {

  private static final String ZIP = "application/zip";
  private static final String IMPORT = Api.MODELS + "/import?name=";
  private static final String EXPORT = Api.MODELS + "/export/export?format=";
  private static final String ROWS =
      """
      {"rows": [{"size": 1.5, "color": "red", "since": "2024-03-01", "member": true},
                {"size": null, "color": "purple", "since": "2020-02-29T12:00Z", "member": "no"},
                {"size": 9, "color": null, "since": null, "member": null}]}""";

  private final Api api;

  ExportTests(Api api) {
    this.api = api;
  }

  @BeforeAll
  void train() {
    StringBuilder csv = new StringBuilder("size,color,since,member,sort\n");
    for (int i = 0; i < 60; i++) {
      csv.append(i % 7 == 3 ? "" : i / 10.0)
          .append(i % 3 == 0 ? ",red" : i % 5 == 0 ? "," : ",blue")
          .append(",2024-0%d-11".formatted(1 + i % 9))
          .append(i % 4 == 0 ? ",yes" : ",no")
          .append(i % 2 == 0 ? ",\"odd, \"\"quoted\"\"\"\n" : ",even\n");
    }
    String dataset = api.upload("export", csv.toString());
    api.train(
        """
        {"name": "export", "dataset": {"id": "%s"}, "validation": {"folds": 3},
         "preprocessing": {"scaling": "robust"},
         "network": {"hidden": [{"units": 6, "activation": {"type": "elu", "alpha": 0.5},
                                 "normalization": "batch", "dropout": 0.1},
                                {"units": 5, "activation": "gelu", "normalization": "layer"}]},
         "training": {"epochs": 12, "classWeights": "balanced", "l2": 0.001,
                      "optimizer": {"type": "adamW"},
                      "schedule": {"type": "exponential", "factor": 0.99}}}"""
            .formatted(dataset));
  }

  @Test
  void comeBackAndPredictTheSameBits() {
    JsonNode model = api.get(Api.MODELS + "/export").expect(200).json();
    String said = predictions("export");
    byte[] file = api.download(EXPORT + "zip");
    assertThat(api.download(EXPORT + "zip")).as("the same bytes again").isEqualTo(file);

    Reply reply = api.postBytes(IMPORT + "back", file, ZIP).expect(201);

    JsonNode back = reply.json();
    assertThat(reply.header("Location")).isEqualTo("/api/v1/models/back/versions/1");
    assertThat(api.get(reply.header("Location")).expect(200).json()).isEqualTo(back);
    assertThat(predictions("back")).isEqualTo(said);
    for (String same : new String[] {"createdAt", "task", "spec", "schema", "metrics"}) {
      assertThat(back.get(same)).as(same).isNotNull().isEqualTo(model.get(same));
    }
    assertThat(back.get("crossValidation")).isNotNull().isEqualTo(model.get("crossValidation"));
    assertThat(back.at("/lineage/job")).isEqualTo(model.at("/lineage/job"));
    assertThat(back.at("/lineage/parametersSha256"))
        .isEqualTo(model.at("/lineage/parametersSha256"));
    assertThat(back.at("/lineage/imported/fileSha256").asString()).hasSize(64);
    assertThat(back.at("/lineage/imported/time").asString()).endsWith("Z");
  }

  @Test
  void outliveTheirDeletion() {
    byte[] file = api.download(EXPORT + "zip");
    api.postBytes(IMPORT + "mortal", file, ZIP).expect(201);
    String said = predictions("mortal");
    byte[] again = api.download(Api.MODELS + "/mortal/versions/1/export?format=zip");
    api.delete(Api.MODELS + "/mortal/versions/1").expect(204);

    api.postBytes(IMPORT + "mortal", again, ZIP).expect(201);

    assertThat(predictions("mortal")).isEqualTo(said.replace("\"version\":1", "\"version\":2"));
  }

  @Test
  void canBeTrainedFurther() {
    api.postBytes(IMPORT + "further", api.download(EXPORT + "zip"), ZIP).expect(201);
    JsonNode dataset = api.get(Api.MODELS + "/further").json().at("/spec/dataset/id");

    JsonNode job =
        api.train(
            "{\"dataset\": {\"id\": %s}, \"warmStart\": {\"model\": \"further\"}}"
                .formatted(dataset));

    assertThat(job.at("/model/version").asInt()).isEqualTo(2);
  }

  /// The predictions as text, without the name.
  private String predictions(String name) {
    return api.post(Api.MODELS + "/" + name + "/predict", ROWS)
        .expect(200)
        .body()
        .replace("\"model\":\"" + name + '"', "");
  }

  @ParameterizedTest
  @CsvSource({
    "zip, application/zip, export-1.zip",
    "json, application/json, export-1.json",
    "java, text/x-java-source;charset=UTF-8, Scorer.java",
    "javascript, text/javascript;charset=UTF-8, export-1.js",
    "python, text/x-python;charset=UTF-8, export-1.py",
    "c, text/x-c;charset=UTF-8, export-1.c"
  })
  void areFilesToSave(String format, String type, String name) {
    Reply reply = api.get(EXPORT + format).expect(200);

    assertThat(reply.header("Content-Type")).isEqualTo(type);
    assertThat(reply.header("Content-Disposition")).contains("attachment", name);
    assertThat(reply.header("Model-Version")).isEqualTo("1");
    assertThat(api.get(EXPORT + format, "If-None-Match", reply.header("ETag")).status())
        .isEqualTo(304);
    assertThat(reply.body()).doesNotContain("dev.backprop");
  }

  @Test
  void sayTheirModel() {
    assertThat(api.get(EXPORT + "python").body()).contains("the model export version 1.");
    JsonNode document = api.get(EXPORT + "json").json();
    assertThat(document.at("/model/name").asString()).isEqualTo("export");
    assertThat(document.at("/parameters").size()).isEqualTo(3);
  }

  @Test
  void areRefusedWhereDamaged() {
    byte[] file = api.download(EXPORT + "zip");
    byte[] cut = Arrays.copyOf(file, file.length - 10);
    JsonNode problem = api.postBytes(IMPORT + "damaged", cut, ZIP).expect(422).json();
    assertThat(problem.get("type").asString()).isEqualTo("/problems/invalid-model");
    assertThat(problem.get("detail").asString()).contains("cannot be imported", "directory");

    file[file.length / 2] ^= 1;
    api.postBytes(IMPORT + "damaged", file, ZIP).expect(422);
    api.get(Api.MODELS + "/damaged").expect(404);
  }

  @Test
  void areRefusedWhereTooLargeOrNoZip() {
    byte[] large = new byte[64 * 1024 + 1];
    assertThat(api.postBytes(IMPORT + "large", large, ZIP).expect(413).body())
        .contains("backprop.models.max-import");
    api.postBytes(IMPORT + "large", large, "application/json").expect(415);
    assertThat(
            api.postBytes(IMPORT + "large", "PK".getBytes(StandardCharsets.UTF_8), ZIP)
                .expect(422)
                .body())
        .contains("does not begin as a zip does");
  }
}
