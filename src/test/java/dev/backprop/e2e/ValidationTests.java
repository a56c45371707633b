package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Rows to validate with that a column or a second data set says.
@EndToEnd
class ValidationTests {

  private static final String TRAINING = "size,kind\n1,well\n2,well\n7,ill\n9,ill\n";
  private static final String VALIDATION = "kind,more,size\nwell,x,3\nill,y,8\n";
  private static final String MIXED =
      """
      size,kind,part
      1,well,train
      3,well,valid
      2,well,train
      8,ill,valid
      7,ill,train
      9,ill,train
      5,ill,test
      """;

  private final Api api;

  ValidationTests(Api api) {
    this.api = api;
  }

  private JsonNode train(String name, String dataset, String validation) {
    return api.train(
        """
        {"name": "%s", "dataset": {"id": "%s"}, "validation": %s,
         "training": {"epochs": 50, "batchSize": "full"}}"""
            .formatted(name, dataset, validation));
  }

  private JsonNode model(JsonNode job) {
    return api.get(job.at("/links/model").asString()).expect(200).json();
  }

  @Test
  void areSaidByAColumnThatPredictDoesNotAskFor() {
    JsonNode job = train("parted", api.upload("mixed", MIXED), "{\"column\": \"part\"}");

    assertThat(job.at("/spec/validation").toString()).isEqualTo("{\"column\":\"part\"}");
    assertThat(job.at("/spec/features").toString()).isEqualTo("[\"size\"]");
    assertThat(job.at("/spec/targets").toString()).isEqualTo("[\"kind\"]");
    assertThat(model(job).at("/schema/features/0/maximum").asDouble()).isEqualTo(9);
    JsonNode prediction =
        api.post(job.at("/links/predict").asString(), "{\"rows\": [{\"size\": 8}]}")
            .expect(200)
            .json();
    assertThat(prediction.at("/predictions/0/label").isString()).isTrue();
  }

  @Test
  void areThoseOfASecondDatasetWithTheSameResult() {
    String training = api.upload("training", TRAINING);
    JsonNode validation =
        api.postCsv(Api.DATASETS + "?name=validation", VALIDATION).expect(201).json();
    String id = validation.get("id").asString();

    JsonNode job = train("two", training, "{\"dataset\": \"%s\"}".formatted(id));

    assertThat(job.at("/spec/validation/dataset").asString()).isEqualTo(id);
    assertThat(job.at("/validationDataset/id").asString()).isEqualTo(id);
    assertThat(model(job).at("/lineage/validationDatasetSha256"))
        .isEqualTo(validation.get("sha256"));
    JsonNode column = train("one", api.upload("mixed", MIXED), "{\"column\": \"part\"}");
    assertThat(model(job).get("metrics")).isEqualTo(model(column).get("metrics"));
    assertThat(model(job).at("/lineage/parametersSha256"))
        .isEqualTo(model(column).at("/lineage/parametersSha256"));
    assertThat(model(column).get("lineage").has("validationDatasetSha256")).isFalse();
  }

  @Test
  void areKeptWhileAJobNeedsThem() {
    String validation = api.upload("kept", VALIDATION);
    String path = Api.DATASETS + "/" + validation;
    String job =
        api.submit(
                """
                {"name": "keeper", "dataset": {"id": "%s"}, "validation": {"dataset": "%s"},
                 "training": {"epochs": 10000000}}"""
                    .formatted(api.upload("training", TRAINING), validation))
            .get("id")
            .asString();
    try (Api.LongJob _ = new Api.LongJob(api, job).awaitFirstEpoch()) {
      assertThat(api.delete(path).expect(409).body()).contains("in use by 1 job");
    }
    api.delete(path).expect(204);
  }

  @Test
  void ofADatasetThatDoesNotFitAreRefusedWithAllReasons() {
    String training = api.upload("training", TRAINING);
    String validation = api.upload("other", "size,sort\nlarge,well\n");

    Reply reply =
        api.post(
                Api.JOBS,
                "{\"dataset\": {\"id\": \"%s\"}, \"validation\": {\"dataset\": \"%s\"}}"
                    .formatted(training, validation))
            .expect(422);

    assertThat(reply.json().get("errors").size()).isEqualTo(2);
    assertThat(reply.body())
        .contains("column 'size' has categories", "there is no column 'kind'")
        .contains("#/validation/dataset");
  }
}
