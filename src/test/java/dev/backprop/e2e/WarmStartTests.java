package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Models that are trained further.
@EndToEnd
class WarmStartTests {

  private static final String FIRST =
      "size,color,kind\n1,red,a\n2,blue,b\n3,red,a\n4,blue,b\n5,red,b\n6,blue,a\n";
  private static final String NEWER = "id,color,size,kind\n7,blue,8,b\n8,red,7,a\n9,blue,9,b\n";

  private final Api api;

  WarmStartTests(Api api) {
    this.api = api;
  }

  @Test
  void learnNewRowsAndNameTheirParent() {
    api.train(
        "{\"name\": \"warm\", \"dataset\": {\"id\": \"%s\"}}".formatted(api.upload("w", FIRST)));
    JsonNode job =
        api.train(
            """
            {"dataset": {"id": "%s"}, "warmStart": {"model": "warm"},
             "training": {"epochs": 100, "batchSize": "full"}}"""
                .formatted(api.upload("w", NEWER)));
    assertThat(job.at("/model/name").asString()).isEqualTo("warm");
    assertThat(job.at("/model/version").asInt()).isEqualTo(2);
    assertThat(job.at("/spec/warmStart").toString())
        .isEqualTo("{\"model\":\"warm\",\"version\":1}");
    assertThat(job.at("/spec/features").toString()).isEqualTo("[\"size\",\"color\"]");
    assertThat(job.at("/spec/network/hidden/0/units").asInt()).isEqualTo(32);
    JsonNode model = api.get(job.at("/links/model").asString()).expect(200).json();
    JsonNode parent = api.get(Api.MODELS + "/warm/versions/1").expect(200).json();
    assertThat(model.at("/lineage/parent/model").asString()).isEqualTo("warm");
    assertThat(model.at("/lineage/parent/version").asInt()).isEqualTo(1);
    assertThat(model.at("/lineage/parent/parametersSha256"))
        .isEqualTo(parent.at("/lineage/parametersSha256"));
    assertThat(parent.get("lineage").has("parent")).isFalse();
    assertThat(model.get("schema")).isEqualTo(parent.get("schema"));

    JsonNode again = api.train(job.get("spec").toString());
    assertThat(again.get("spec")).isEqualTo(job.get("spec"));
    assertThat(again.at("/latest/trainingLoss")).isEqualTo(job.at("/latest/trainingLoss"));
  }
}
