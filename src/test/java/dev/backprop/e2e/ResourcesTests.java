package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.e2e.Api.LongJob;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Data sets and models: made, listed, described, deleted.
@EndToEnd
class ResourcesTests {

  private static final String CSV = "size,color\n1,red\n3,blue\n,red\n";

  private final Api api;

  ResourcesTests(Api api) {
    this.api = api;
  }

  @Test
  void describeTheColumnsOfAFile() {
    Reply created = api.postCsv(Api.DATASETS + "?name=colors", CSV).expect(201);
    JsonNode dataset = created.json();
    String path = Api.DATASETS + "/" + dataset.get("id").asString();
    assertThat(created.header("Location")).isEqualTo(path);
    assertThat(dataset.get("rows").asInt()).isEqualTo(3);
    assertThat(dataset.at("/columns/0").toString())
        .startsWith(
            """
            {"name":"size","type":"number","missing":1,"min":1.0,"max":3.0,"mean":2.0,"standardDeviation":1.0,\
            """)
        .contains(
            "\"distinct\":2,\"q1\":1.5,\"median\":2.0,\"q3\":2.5,\"histogram\":{\"edges\":[1.0,");
    assertThat(dataset.at("/columns/1/categories").toString())
        .isEqualTo("[{\"value\":\"red\",\"count\":2},{\"value\":\"blue\",\"count\":1}]");
    assertThat(api.get(path).expect(200).json()).isEqualTo(dataset);
  }

  @Test
  void takeTheSameTableInEveryForm() {
    String csv = sha256(api.postCsv(Api.DATASETS, "x1,x2,y1\n0,1,1\n1,1,0\n"));
    String arrays =
        sha256(api.post(Api.DATASETS, "{\"inputs\": [[0, 1], [1, 1]], \"targets\": [[1], [0]]}"));
    String rows =
        sha256(
            api.post(
                Api.DATASETS,
                "{\"rows\": [{\"x1\": 0, \"x2\": 1, \"y1\": 1}, {\"x1\": 1, \"x2\": 1, \"y1\": 0}]}"));
    String form =
        sha256(
            api.post(
                Api.DATASETS,
                """
                --edge\r
                Content-Disposition: form-data; name="file"; filename="table.csv"\r
                Content-Type: text/csv\r
                \r
                x1;x2;y1
                0;1;1
                1;1;0
                \r
                --edge--\r
                """,
                "Content-Type",
                "multipart/form-data; boundary=edge"));
    assertThat(List.of(arrays, rows, form)).containsOnly(csv);
  }

  private static String sha256(Reply created) {
    return created.expect(201).json().get("sha256").asString();
  }

  @Test
  void thatAreDataSetsAreNotSentAgain() {
    String path = Api.DATASETS + "/" + api.upload("cached", CSV);
    String etag = api.get(path).expect(200).header("ETag");
    assertThat(api.get(path, "If-None-Match", etag).expect(304).body()).isEmpty();
    api.get(path, "If-None-Match", "\"other\"").expect(200);
  }

  @Test
  void thatAreDataSetsComePageByPage() {
    List<String> uploaded =
        List.of(api.upload("a", CSV), api.upload("b", CSV), api.upload("c", CSV));
    Reply page = api.get(Api.DATASETS + "?limit=2").expect(200);
    List<String> listed = new ArrayList<>(ids(page));
    assertThat(listed).hasSize(2);
    listed.addAll(ids(api.get(Links.next(page)).expect(200)));
    assertThat(listed).startsWith(uploaded.reversed().toArray(String[]::new));
  }

  private static List<String> ids(Reply page) {
    return page.json().get("data").valueStream().map(item -> item.get("id").asString()).toList();
  }

  @Test
  void giveTheirRowsBackInOrder() {
    String rows = Api.DATASETS + "/" + api.upload("rows", CSV) + "/rows";
    Reply page = api.get(rows + "?limit=2").expect(200);
    assertThat(page.json().get("data").toString())
        .isEqualTo("[{\"size\":1.0,\"color\":\"red\"},{\"size\":3.0,\"color\":\"blue\"}]");
    Reply last = api.get(Links.next(page)).expect(200);
    assertThat(last.body())
        .isEqualTo("{\"data\":[{\"size\":null,\"color\":\"red\"}],\"next\":null}");
    assertThat(last.optionalHeader("Link")).isEmpty();
  }

  @Test
  void thatAreDataSetsAreDeletedOnce() {
    String path = Api.DATASETS + "/" + api.upload("gone", CSV);
    assertThat(api.delete(path).expect(204).body()).isEmpty();
    api.delete(path).expect(404);
    api.get(path).expect(404);
  }

  @Test
  void thatAJobNeedsAreNotDeleted() {
    String path;
    try (LongJob job = api.startLongJob("holder").awaitFirstEpoch()) {
      path = Api.DATASETS + "/" + api.job(job.id()).at("/dataset/id").asString();
      Reply refused = api.delete(path).expect(409);
      assertThat(refused.json().get("type").asString()).isEqualTo("/problems/conflict");
      assertThat(refused.json().get("detail").asString()).contains("in use by 1 job");
    }
    api.delete(path).expect(204);
  }

  private JsonNode train(String name) {
    return api.train(
        """
        {"name": "%s", "training": {"epochs": 5},
         "dataset": {"rows": [{"size": 1, "color": "red", "sort": "a"},
                              {"size": 2, "color": "blue", "sort": "b"},
                              {"size": 3, "color": "red", "sort": "b"}]}}"""
            .formatted(name));
  }

  @Test
  void thatAreModelsSayWhatTheyTakeAndWhereTheyComeFrom() {
    JsonNode job = train("described");
    JsonNode model = api.get(Api.MODELS + "/described").expect(200).json();
    assertThat(model.at("/lineage/job")).isEqualTo(job.get("id"));
    assertThat(model.at("/lineage/datasetSha256")).isEqualTo(job.at("/dataset/sha256"));
    ObjectNode ofModel = (ObjectNode) job.get("spec").deepCopy();
    assertThat(ofModel.remove("priority").asString()).isEqualTo("normal");
    assertThat(model.get("spec")).isEqualTo(ofModel);
    assertThat(model.get("task").asString()).isEqualTo("classification");
    assertThat(model.at("/schema/labels").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(model.at("/schema/features/0/name").asString()).isEqualTo("size");
    assertThat(model.at("/schema/features/0/minimum").asDouble()).isEqualTo(1);
    assertThat(model.at("/schema/features/1/categories").toString())
        .isEqualTo("[\"blue\",\"red\"]");
    assertThat(model.at("/metrics/trainingAccuracy").asDouble()).isBetween(0.0, 1.0);
    assertThat(model.at("/metrics/trainingRocAuc").isNumber()).as("of two classes").isTrue();
    assertThat(model.at("/metrics/trainingLogLoss").asDouble())
        .isCloseTo(model.at("/metrics/trainingLoss").asDouble(), within(1e-6));
    assertThat(model.at("/metrics").has("trainingRmse")).isFalse();
    JsonNode predictions =
        api.post(
                Api.MODELS + "/described/predict",
                "{\"rows\": [{\"size\": 2, \"color\": \"red\"}, {\"size\": 2, \"color\": \"green\"}]}")
            .expect(200)
            .json();
    assertThat(predictions.at("/predictions/0/label").asString()).isIn("a", "b");
    double sum =
        predictions.at("/predictions/0/probabilities/a").asDouble()
            + predictions.at("/predictions/0/probabilities/b").asDouble();
    assertThat(sum).isBetween(0.9999, 1.0001);
    assertThat(predictions.at("/predictions/1/flags/0").asString()).startsWith("color: ");
  }

  @Test
  void thatAreModelsAreNotSentAgain() {
    train("cached");
    for (String path : List.of("/cached", "/cached/versions/1")) {
      String etag = api.get(Api.MODELS + path).expect(200).header("ETag");
      assertThat(api.get(Api.MODELS + path, "If-None-Match", etag).expect(304).body()).isEmpty();
    }
  }

  @Test
  void thatAreModelsHaveVersionsThatAreNeverGivenTwice() {
    train("versioned");
    train("versioned");
    Reply page = api.get(Api.MODELS + "/versioned/versions?limit=1").expect(200);
    assertThat(page.json().at("/data/0/version").asInt()).isEqualTo(2);
    assertThat(api.get(Links.next(page)).expect(200).json().at("/data/0/version").asInt())
        .isEqualTo(1);

    api.delete(Api.MODELS + "/versioned/versions/2").expect(204);
    api.delete(Api.MODELS + "/versioned/versions/2").expect(404);
    assertThat(api.get(Api.MODELS + "/versioned").json().get("version").asInt()).isEqualTo(1);
    assertThat(train("versioned").at("/model/version").asInt()).isEqualTo(3);

    api.delete(Api.MODELS + "/versioned/versions/1").expect(204);
    api.delete(Api.MODELS + "/versioned/versions/3").expect(204);
    api.get(Api.MODELS + "/versioned").expect(404);
  }

  @Test
  void thatAreModelsComePageByPage() {
    train("older");
    train("newer");
    Reply page = api.get(Api.MODELS + "?limit=1").expect(200);
    assertThat(page.json().at("/data/0/name").asString()).isEqualTo("newer");
    assertThat(api.get(Links.next(page)).expect(200).json().at("/data/0/name").asString())
        .isEqualTo("older");
  }
}
