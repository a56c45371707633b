package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the columns of a data set are like.
@EndToEnd
class ProfileTests {

  private static final String CSV =
      """
      size,color,copy,one
      1,red,1,5
      4,<blue>,4,5
      ,red,,5
      2,red,2,5
      """;

  private final Api api;

  ProfileTests(Api api) {
    this.api = api;
  }

  @Test
  void isShownWithADataset() {
    JsonNode columns =
        api.get(Api.DATASETS + "/" + api.upload("profile", CSV)).expect(200).json().get("columns");

    assertThat(columns.at("/0/distinct").asInt()).isEqualTo(3);
    assertThat(columns.at("/0/q1").asDouble()).isEqualTo(1.5);
    assertThat(columns.at("/0/median").asDouble()).isEqualTo(2);
    assertThat(columns.at("/0/q3").asDouble()).isEqualTo(3);
    assertThat(columns.at("/0/histogram/edges").size()).isEqualTo(11);
    assertThat(columns.at("/0/histogram/counts").toString()).isEqualTo("[1,0,0,1,0,0,0,0,0,1]");
    assertThat(columns.at("/0/constant").asBoolean()).isFalse();
    assertThat(columns.at("/0/duplicateOf").isNull()).isTrue();
    assertThat(columns.at("/1/distinct").asInt()).isEqualTo(2);
    assertThat(columns.get(1).has("otherCategories")).isFalse();
    assertThat(columns.at("/2/duplicateOf").asString()).isEqualTo("size");
    assertThat(columns.at("/3/constant").asBoolean()).isTrue();
    assertThat(columns.at("/3/histogram").toString())
        .isEqualTo("{\"edges\":[5.0,5.0],\"counts\":[4]}");
  }

  @Test
  void namesTwentyOfManyCategories() {
    String csv =
        IntStream.range(0, 50)
            .mapToObj(i -> "c" + i + ",1\n" + (i == 42 ? "c42,1\n" : ""))
            .collect(Collectors.joining("", "kind,y\n", ""));

    JsonNode kind =
        api.postCsv(Api.DATASETS + "?name=many", csv).expect(201).json().at("/columns/0");

    assertThat(kind.get("categories").size()).isEqualTo(20);
    assertThat(kind.at("/categories/0").toString()).isEqualTo("{\"value\":\"c42\",\"count\":2}");
    assertThat(kind.get("otherCategories").toString()).isEqualTo("{\"distinct\":30,\"count\":30}");
    assertThat(kind.get("distinct").asInt()).isEqualTo(50);
  }

  @Test
  void isLeftOutOfLists() {
    api.upload("listed", CSV);

    JsonNode column = api.get(Api.DATASETS + "?limit=1").expect(200).json().at("/data/0/columns/0");

    assertThat(column.has("max")).isTrue();
    assertThat(column.has("histogram")).isFalse();
    assertThat(column.has("distinct")).isFalse();
  }

  @Test
  void isDrawnAndSentOnceOnly() {
    String id = api.upload("drawn", CSV);
    String path = Api.DATASETS + "/" + id + "/profile.svg";

    Reply picture = api.get(path, "Accept", "image/avif,image/svg+xml,*/*;q=0.8").expect(200);

    assertThat(picture.header("Content-Type")).startsWith("image/svg+xml");
    assertThat(picture.body())
        .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
        .contains("drawn: 4 rows × 4 columns", "&lt;blue&gt;")
        .doesNotContain("<blue>");
    String etag = picture.header("ETag");
    assertThat(api.get(path, "If-None-Match", etag).expect(304).body()).isEmpty();
    assertThat(api.get(path, "If-None-Match", "\"other\"").expect(200).body())
        .isEqualTo(picture.body());
    assertThat(api.get(Api.DATASETS + "/" + id, "If-None-Match", etag).expect(304).body())
        .isEmpty();
  }

  @Test
  void isNotDrawnOfADatasetThatThereIsNot() {
    Reply reply =
        api.get(Api.DATASETS + "/ds_none/profile.svg", "Accept", "image/svg+xml").expect(404);

    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    assertThat(reply.json().get("detail").asString()).contains("ds_none");
  }
}
