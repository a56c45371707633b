package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What networks make of flowers and digits that they have never seen: every fifth row is held out
/// of the upload, and asked for afterwards.
@EndToEnd
class AccuracyTests {

  private static final int SEEDS = 5;
  private static final int FOLDS = 5;

  private final Api api;

  AccuracyTests(Api api) {
    this.api = api;
  }

  @Test
  void tellsFlowersApart() throws IOException {
    try (InputStream file = resource("/data/iris.csv")) {
      double accuracy =
          meanAccuracy(
              "unseen-iris",
              file,
              """
              "network": {"hidden": [{"units": 16, "activation": "tanh"}]},
              "training": {"epochs": 200, "batchSize": 8, "seed": %d,
                           "optimizer": {"type": "adam", "learningRate": 0.005}}""");
      assertThat(accuracy).isGreaterThanOrEqualTo(0.95);
    }
  }

  @Test
  void readsDigits() throws IOException {
    try (InputStream file = new GZIPInputStream(resource("/data/digits.csv.gz"))) {
      double accuracy =
          meanAccuracy(
              "unseen-digits",
              file,
              """
              "task": "classification",
              "network": {"hidden": [{"units": 64}]},
              "training": {"epochs": 30, "batchSize": 32, "seed": %d,
                           "optimizer": {"type": "adam", "learningRate": 0.002}}""");
      assertThat(accuracy).isGreaterThanOrEqualTo(0.96);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(AccuracyTests.class.getResourceAsStream(name), name);
  }

  /// The share of right labels among the rows held out, a different fifth for each seed.
  private double meanAccuracy(String name, InputStream file, String settings) {
    List<String> lines = lines(file);
    return IntStream.range(0, SEEDS)
        .mapToDouble(seed -> accuracy(name, lines, seed, settings.formatted(seed)))
        .average()
        .orElseThrow();
  }

  private double accuracy(String name, List<String> lines, int fold, String settings) {
    List<String> training = new ArrayList<>(List.of(lines.getFirst()));
    List<String> heldOut = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      (i % FOLDS == fold ? heldOut : training).add(lines.get(i));
    }
    String id = api.upload(name, String.join("\n", training));
    JsonNode job =
        api.train(
            "{\"name\": \"%s\", \"dataset\": {\"id\": \"%s\"}, %s}".formatted(name, id, settings));

    String[] names = lines.getFirst().split(",", -1);
    JsonNode predictions =
        api.post(job.at("/links/predict").asString(), rows(names, heldOut))
            .expect(200)
            .json()
            .get("predictions");
    assertThat(predictions.size()).isEqualTo(heldOut.size());
    long right =
        IntStream.range(0, heldOut.size())
            .filter(i -> heldOut.get(i).endsWith("," + predictions.get(i).get("label").asString()))
            .count();
    return (double) right / heldOut.size();
  }

  /// The features of the lines, without their labels.
  private static String rows(String[] names, List<String> lines) {
    ObjectNode request = JsonMapper.shared().createObjectNode();
    ArrayNode rows = request.putArray("rows");
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      ObjectNode row = rows.addObject();
      for (int i = 0; i < names.length - 1; i++) {
        row.put(names[i], Double.parseDouble(cells[i]));
      }
    }
    return request.toString();
  }

  private static List<String> lines(InputStream file) {
    try {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
