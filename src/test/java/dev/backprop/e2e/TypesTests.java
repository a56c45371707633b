package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Columns of booleans and dates, and columns that are left out, from the upload to the prediction.
@EndToEnd
class TypesTests {

  private final Api api;

  TypesTests(Api api) {
    this.api = api;
  }

  /// Paid is yes in the second half of 2026 for members.
  private static String csv() {
    return IntStream.range(0, 120)
        .mapToObj(
            i ->
                "r%d,%s,%s,%s"
                    .formatted(
                        i,
                        LocalDate.of(2026, 1, 1).plusDays(i * 3L),
                        i % 2 == 0 ? "T" : "F",
                        i >= 60 && i % 2 == 0 ? "yes" : "no"))
        .collect(Collectors.joining("\n", "key,day,member,paid\n", "\n"));
  }

  @Test
  void trainAndPredictAsTheyAreWritten() {
    JsonNode dataset = api.postCsv(Api.DATASETS + "?name=types", csv()).expect(201).json();
    assertThat(dataset.at("/columns").valueStream().map(c -> c.get("type").asString()))
        .containsExactly("ignored", "date", "boolean", "boolean");
    assertThat(dataset.at("/columns/0/reason").asString()).contains("?types=key:category");
    assertThat(dataset.at("/columns/0").has("missing")).isFalse();
    assertThat(dataset.at("/columns/1/min").asString()).isEqualTo("2026-01-01");
    assertThat(dataset.at("/columns/1/max").asString()).isEqualTo("2026-12-24");
    assertThat(dataset.at("/columns/2/categories/1/value").asString()).isEqualTo("true");
    assertThat(dataset.at("/columns/2/categories/1/count").asInt()).isEqualTo(60);

    String id = dataset.get("id").asString();
    JsonNode row = api.get(Api.DATASETS + "/" + id + "/rows?limit=1").expect(200).json();
    assertThat(row.at("/data/0").toString())
        .isEqualTo("{\"day\":\"2026-01-01\",\"member\":true,\"paid\":false}");

    JsonNode job =
        api.train(
            """
            {"name": "types", "dataset": {"id": "%s"}, "training": {"epochs": 300}}"""
                .formatted(id));
    assertThat(job.at("/spec/task").asString()).isEqualTo("classification");
    JsonNode model = api.get(job.at("/links/model").asString()).expect(200).json();
    assertThat(model.at("/schema/labels").toString()).isEqualTo("[\"false\",\"true\"]");
    assertThat(model.at("/schema/features/0/minimum").asString()).isEqualTo("2026-01-01");
    assertThat(model.at("/schema/features/1/type").asString()).isEqualTo("boolean");

    JsonNode predictions =
        api.post(
                job.at("/links/predict").asString(),
                """
                {"rows": [
                  {"day": "2026-10-01", "member": true},
                  {"day": "2026-10-01T12:00:00Z", "member": "no"},
                  {"day": "2026-02-01", "member": 1},
                  {"day": "2027-06-01", "member": true},
                  {"day": "1.10.2026", "member": true},
                  {"day": 20000, "member": true},
                  {"day": "2026-10-01", "member": "perhaps"},
                  {"day": "2026-10-01", "member": 2},
                  {"member": true}]}""")
            .expect(200)
            .json()
            .get("predictions");
    assertThat(predictions.valueStream().limit(3).map(p -> p.get("label").asString()))
        .containsExactly("true", "false", "false");
    assertThat(predictions.at("/3/flags/0").asString())
        .isEqualTo("day: above the training range [2026-01-01, 2026-12-24]");
    assertThat(predictions.valueStream().skip(4).limit(4).map(p -> p.get("error").asString()))
        .containsExactly(
            "day: a date such as 2026-11-25 or 2026-11-25T10:30:00Z is expected, not the text '1.10.2026'",
            "day: a date such as 2026-11-25 or 2026-11-25T10:30:00Z is expected, not the number 20000",
            "member: true or false is expected, not the text 'perhaps'",
            "member: true or false is expected, not the number 2");
    assertThat(predictions.at("/8/flags/0").asString())
        .startsWith("day: missing, 2026-")
        .endsWith(" stands in");
  }

  @Test
  void areKeptWhereTheCallerSaysSo() {
    JsonNode dataset =
        api.postCsv(Api.DATASETS + "?types=key:category,day:category,paid:category", csv())
            .expect(201)
            .json();
    assertThat(dataset.at("/columns").valueStream().map(c -> c.get("type").asString()))
        .containsExactly("category", "category", "boolean", "category");
    assertThat(dataset.at("/columns/3/categories/0/value").asString()).isEqualTo("no");
  }

  @Test
  void areNamedWhereTheyWereLeftOut() {
    String id = api.upload("left", csv());
    JsonNode problem =
        api.post(Api.JOBS, "{\"dataset\": {\"id\": \"%s\"}, \"features\": [\"key\"]}".formatted(id))
            .expect(422)
            .json();
    assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("#/features/0");
    assertThat(problem.at("/errors/0/detail").asString())
        .startsWith("column 'key' was left out of the data set: 120 of 120 texts differ");
  }

  @Test
  void areFoundInJsonRows() {
    JsonNode job =
        api.train(
            """
            {"name": "json-booleans", "training": {"epochs": 200}, "dataset": {"rows": [
              {"a": true, "b": false, "y": true}, {"a": true, "b": true, "y": false},
              {"a": false, "b": false, "y": false}, {"a": false, "b": true, "y": true}]}}""");
    JsonNode model = api.get(job.at("/links/model").asString()).expect(200).json();
    assertThat(model.at("/spec/task").asString()).isEqualTo("classification");
    assertThat(model.at("/schema/features/0/type").asString()).isEqualTo("boolean");
  }
}
