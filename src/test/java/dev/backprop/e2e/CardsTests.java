package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What people should know of a model.
@EndToEnd
class CardsTests {

  /// Six rows of the class `<b>x</b>` and two of `y|z`; a column of one value; one missing number.
  private static final String CSV =
      """
      size,<i>color</i>,constant,kind
      1,red,5,<b>x</b>
      2,blue,5,<b>x</b>
      ,red,5,<b>x</b>
      4,blue,5,<b>x</b>
      5,[a](http://evil),5,<b>x</b>
      6,blue,5,<b>x</b>
      7,red,5,y|z
      8,blue,5,y|z
      """;

  private final Api api;

  CardsTests(Api api) {
    this.api = api;
  }

  private JsonNode train() {
    return api.train(
        """
        {"name": "carded", "dataset": {"id": "%s"}, "training": {"epochs": 300, "seed": 11}}"""
            .formatted(api.upload("card", CSV)));
  }

  @Test
  void sayWhatTheNumbersTell() {
    JsonNode job = train();
    JsonNode model = api.get(Api.MODELS + "/carded").expect(200).json();
    String path = model.at("/links/card").asString();
    Reply reply = api.get(path).expect(200);
    assertThat(reply.header("Content-Type")).isEqualTo("text/markdown;charset=UTF-8");
    String card = reply.body().replace("\\", "");
    assertThat(card)
        .startsWith("# carded, version " + model.get("version").asInt() + "\n")
        .contains("Classification. It tells the 2 classes of kind apart")
        .contains("Trained on 8 rows, validated on 0. The data set 'card' has 8 rows.")
        .contains("| size | number | from 1.0 to 8.0 | 1 |")
        .contains("| epochs | 300 |", "| seed | 11 |")
        .contains("No rows were kept from the training to validate with")
        .contains("Features that had one value in all training rows", "constant.")
        .contains("more parameters (")
        .contains("Classes with fewer than 20 rows in the data set: <b>x</b> (6), y|z (2).")
        .contains(model.at("/lineage/parametersSha256").asString())
        .contains("/api/v1/models/carded/versions/");
    double loss = model.at("/metrics/trainingLoss").asDouble();
    Matcher row = Pattern.compile("\\| loss \\| ([0-9]\\S*) \\|").matcher(card);
    assertThat(row.find()).isTrue();
    assertThat(Double.parseDouble(row.group(1))).isCloseTo(loss, withinPercentage(0.1));
    // the curve stays with the model
    api.delete(Api.JOBS + "/" + job.get("id").asString()).expect(204);
    assertThat(api.get(path).body()).isEqualTo(reply.body()).contains("| 300 |");
  }

  @Test
  void arePagesThatNothingGetsInto() {
    train();
    Reply reply =
        api.get(Api.MODELS + "/carded/versions/newest/card", "Accept", "text/html").expect(200);
    assertThat(reply.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(reply.header("Content-Security-Policy")).contains("script-src 'self'");
    assertThat(reply.body())
        .contains("<svg", "<polyline class=\"training\"", "&lt;b&gt;x&lt;/b&gt;")
        .doesNotContain("<b>", "<i>", "<script", "href=", "src=");
    String markdown = api.get(Api.MODELS + "/carded/card").expect(200).body();
    assertThat(markdown).doesNotContain("<b>", "<i>", "http://evil").contains("\\[a\\](http");
    api.get(Api.MODELS + "/carded/card", "Accept", "image/png").expect(406);
    api.get(Api.MODELS + "/nobody/card", "Accept", "text/html").expect(404);
  }

  @Test
  void sayThatTheDataAreGone() {
    JsonNode job = train();
    api.delete(Api.DATASETS + "/" + job.at("/dataset/id").asString()).expect(204);
    assertThat(api.get(Api.MODELS + "/carded/versions/newest/card").expect(200).body())
        .contains("The data set is no longer kept")
        .doesNotContain("Classes with fewer");
  }
}
