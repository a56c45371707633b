package dev.backprop.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Newline-delimited JSON and Parquet, from the upload to the prediction.
@EndToEnd
class FormatsTests {

  private static final String PARQUET = "application/vnd.apache.parquet";

  private final Api api;

  FormatsTests(Api api) {
    this.api = api;
  }

  /// Members buy what is red or blue; the same rows as in the Parquet file.
  private static String lines() {
    String[] colors = {"red", "green", "blue"};
    return IntStream.range(0, 400)
        .mapToObj(
            i ->
                "{\"when\": \"20%d-01-01\", \"member\": %b, \"color\": \"%s\", \"amount\": %s, \"buys\": %b}"
                    .formatted(
                        20 + i % 7,
                        i % 2 == 0,
                        colors[i % 3],
                        i * 37 % 101 / 10.0,
                        i % 2 == 0 && i % 3 != 1))
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-ndjson", "application/jsonl"})
  void linesOfJsonTrainAndPredict(String type) {
    trainsAndPredicts(
        api.post(Api.DATASETS + "?name=lines", lines(), "Content-Type", type).expect(201).json());
  }

  @Test
  void parquetTrainsAndPredicts() throws IOException {
    JsonNode dataset =
        api.postBytes(Api.DATASETS + "?name=parquet", parquet("mixed"), PARQUET).expect(201).json();
    assertThat(dataset.at("/columns/0/type").asString()).isEqualTo("ignored");
    trainsAndPredicts(dataset);
  }

  private void trainsAndPredicts(JsonNode dataset) {
    JsonNode job =
        api.train(
            """
            {"name": "buyers", "dataset": {"id": "%s"}, "validation": {"fraction": 0.2},
             "training": {"epochs": 60, "metrics": ["accuracy"]}}"""
                .formatted(dataset.get("id").asString()));
    JsonNode predictions =
        api.post(
                job.at("/links/predict").asString(),
                """
                {"rows": [
                  {"when": "2021-05-01", "member": true, "color": "red", "amount": 5},
                  {"when": "2021-05-01", "member": true, "color": "green", "amount": 5},
                  {"when": "2021-05-01", "member": false, "color": "blue", "amount": 5}]}""")
            .expect(200)
            .json();
    assertThat(predictions.get("predictions").valueStream().map(p -> p.get("label").asString()))
        .containsExactly("true", "false", "false");
    assertThat(predictions.at("/predictions/0/flags").isEmpty()).isTrue();
  }

  @Test
  void badLinesAreNamed() {
    JsonNode problem =
        api.post(
                Api.DATASETS,
                "{\"a\": 1, \"b\": \"x\"}\n{\"a\": \"1\"}\n{\"a\": 1",
                "Content-Type",
                "application/x-ndjson")
            .expect(422)
            .json();
    assertThat(problem.at("/errors/0/line").asInt()).isEqualTo(2);
    assertThat(problem.at("/errors/0/column").asString()).isEqualTo("a");
    assertThat(problem.at("/errors/1/line").asInt()).isEqualTo(3);
  }

  @Test
  void filesThatAreNoParquetAreRefused() throws IOException {
    assertThat(
            api.postBytes(Api.DATASETS, "a,b\n1,2\n3,4\n".getBytes(UTF_8), PARQUET)
                .expect(422)
                .json()
                .at("/detail")
                .asString())
        .isEqualTo("the file cannot be read as Parquet: it does not begin with PAR1");
    assertThat(
            api.postBytes(Api.DATASETS, parquet("nested"), PARQUET)
                .expect(422)
                .json()
                .at("/errors/0/column")
                .asString())
        .isEqualTo("list");
    api.postBytes(Api.DATASETS + "?types=x:text", parquet("nested"), PARQUET).expect(400);
    api.postBytes(Api.DATASETS, new byte[2 << 20], PARQUET).expect(413);
  }

  private static byte[] parquet(String name) throws IOException {
    try (InputStream in =
        FormatsTests.class.getResourceAsStream("/golden/parquet/" + name + ".parquet")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }
}
