package dev.backprop.inference.scorer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.inference.NamedScores;
import dev.backprop.inference.Prediction;
import dev.backprop.inference.SampleModels;
import dev.backprop.inference.export.ExportFormat;
import dev.backprop.model.Model;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The source in each language says of a thousand rows what the server says.
class ScorerTests {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<List<@Nullable Object>> ROWS = SampleModels.rows(11);

  /// Reads a line a row: values behind tabs, `n` and a number, `t` and a text in hexadecimal, or
  /// `m`. Writes the error, or the label, whether it has each label, and the scores.
  private static final String MAIN =
      """
      #include "scorer.c"
      #include <stdio.h>
      static char line[1 << 16], texts[1 << 16];
      int main(void) {
        while (fgets(line, sizeof line, stdin)) {
          scorer_value row[SCORER_FEATURES];
          float scores[SCORER_SCORES];
          char *to = texts;
          int i = 0;
          for (char *part = strtok(line, "\\t\\n"); part; part = strtok(NULL, "\\t\\n"), i++) {
            if (*part == 'm') row[i] = scorer_missing();
            if (*part == 'n') row[i] = scorer_number(atof(part + 1));
            if (*part == 't') {
              row[i] = scorer_text(to);
              for (char *at = part + 1; *at; at += 2) {
                unsigned value;
                sscanf(at, "%2x", &value);
                *to++ = (char)value;
              }
              *to++ = 0;
            }
          }
          int error = scorer_score(row, scores);
          printf("%d\\t%d", error, error ? 0 : scorer_label(scores));
          for (i = 0; i < SCORER_SCORES && !error; i++) {
            printf("\\t%d\\t%.9g", scorer_has_label(scores, i), scores[i]);
          }
          printf("\\n");
        }
        for (int i = 0; i < SCORER_SCORES; i++) {
          for (const char *c = scorer_names[i]; *c; c++) printf("%02x", *c & 255);
          printf("\\n");
        }
        return 0;
      }
      """;

  @TempDir Path directory;

  /// What a scorer says of a row.
  private record Said(
      @Nullable String label, @Nullable List<String> labels, Map<String, Float> scores) {}

  static List<Model> models() {
    return SampleModels.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void agreesInJava(Model model) throws Exception {
    Path source = write(model, ExportFormat.JAVA, new JavaLanguage(), "Scorer.java");
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--release",
                "17",
                "-Xlint:-options",
                "-Werror",
                source.toString());
    assertThat(result).isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      Class<?> scorer = loader.loadClass("Scorer");
      Method byOrder = scorer.getMethod("score", List.class);
      List<@Nullable Said> said = new ArrayList<>();
      for (List<@Nullable Object> row : ROWS) {
        said.add(called(byOrder, row));
      }
      assertAgrees(model, said);
      int good = firstGood(said);
      Map<String, @Nullable Object> named = new LinkedHashMap<>();
      for (int i = 0; i < ROWS.get(good).size(); i++) {
        named.put(model.preprocessor().features().get(i).name(), ROWS.get(good).get(i));
      }
      assertThat(called(scorer.getMethod("score", Map.class), named)).isEqualTo(said.get(good));
    }
  }

  private static @Nullable Said called(Method score, Object row) throws Exception {
    try {
      Object prediction = score.invoke(null, row);
      return new Said(
          (String) part(prediction, "label"),
          strings(part(prediction, "labels")),
          floats(Objects.requireNonNull(part(prediction, "scores"))));
    } catch (InvocationTargetException e) {
      assertThat(e.getCause()).isInstanceOf(IllegalArgumentException.class);
      return null;
    }
  }

  private static @Nullable Object part(Object prediction, String name) throws Exception {
    return prediction.getClass().getMethod(name).invoke(prediction);
  }

  private static @Nullable List<String> strings(@Nullable Object list) {
    return list == null ? null : ((List<?>) list).stream().map(Object::toString).toList();
  }

  private static Map<String, Float> floats(Object map) {
    Map<String, Float> floats = new LinkedHashMap<>();
    ((Map<?, ?>) map).forEach((name, value) -> floats.put((String) name, (Float) value));
    return floats;
  }

  @ParameterizedTest
  @MethodSource("models")
  @RequiresTool("node")
  void agreesInJavaScript(Model model) throws Exception {
    Path source = write(model, ExportFormat.JAVASCRIPT, new JavaScriptLanguage(), "scorer.js");
    assertThat(Files.readString(source)).doesNotContain("</script>", "<!--");
    assertAgrees(model, ran("node", source));
  }

  @ParameterizedTest
  @MethodSource("models")
  @RequiresTool("python3")
  void agreesInPython(Model model) throws Exception {
    assertAgrees(
        model,
        ran("python3", write(model, ExportFormat.PYTHON, new PythonLanguage(), "scorer.py")));
  }

  /// A program that reads and writes a line of JSON a row.
  private List<@Nullable Said> ran(String program, Path source) throws Exception {
    List<String> rows = ROWS.stream().map(JSON::writeValueAsString).toList();
    List<@Nullable Said> said = new ArrayList<>();
    for (String line : Programs.run(directory, rows, program, source.toString())) {
      JsonNode prediction = JSON.readTree(line);
      if (prediction.has("error")) {
        said.add(null);
        continue;
      }
      Map<String, Float> scores = new LinkedHashMap<>();
      for (String kind : List.of("probabilities", "margins", "values")) {
        prediction
            .path(kind)
            .properties()
            .forEach(score -> scores.put(score.getKey(), (float) score.getValue().asDouble()));
      }
      said.add(
          new Said(
              prediction.path("label").asString(null),
              prediction.has("labels")
                  ? prediction.get("labels").valueStream().map(JsonNode::asString).toList()
                  : null,
              scores));
    }
    return said;
  }

  @ParameterizedTest
  @MethodSource("models")
  @RequiresTool("gcc")
  void agreesInC(Model model) throws Exception {
    write(model, ExportFormat.C, new CLanguage(), "scorer.c");
    Path main = Files.writeString(directory.resolve("main.c"), MAIN);
    String program = directory.resolve("scorer").toString();
    String options = "-std=c99 -Wall -Wextra -Werror -pedantic -trigraphs -lm -o";
    List<String> compiler = new ArrayList<>(List.of("gcc", main.toString()));
    compiler.addAll(List.of(options.split(" ")));
    compiler.add(program);
    Programs.run(directory, List.of(), compiler.toArray(String[]::new));
    List<String> rows =
        ROWS.stream()
            .map(row -> row.stream().map(ScorerTests::forC).collect(Collectors.joining("\t")))
            .toList();
    List<String> lines = Programs.run(directory, rows, program);
    List<String> names =
        lines.subList(ROWS.size(), lines.size()).stream().map(ScorerTests::name).toList();
    List<@Nullable Said> said = new ArrayList<>();
    lines.subList(0, ROWS.size()).forEach(line -> said.add(fromC(line, names, model)));
    assertAgrees(model, said);
  }

  private static String name(String hex) {
    String bytes = hex.replaceAll("..", "$0 ").strip().replace("c0 80", "00");
    return bytes.isEmpty() ? "" : new String(HexFormat.ofDelimiter(" ").parseHex(bytes), UTF_8);
  }

  private static String forC(@Nullable Object value) {
    return switch (value) {
      case null -> "m";
      case Number number -> "n" + number;
      default ->
          "t"
              + HexFormat.ofDelimiter(" ")
                  .formatHex(value.toString().getBytes(UTF_8))
                  .replace("00", "c080")
                  .replace(" ", "");
    };
  }

  private static @Nullable Said fromC(String line, List<String> names, Model model) {
    String[] parts = line.split("\t", -1);
    if (!parts[0].equals("0")) {
      return null;
    }
    Map<String, Float> scores = new LinkedHashMap<>();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      scores.put(names.get(i), Float.parseFloat(parts[3 + 2 * i]));
      if (parts[2 + 2 * i].equals("1")) {
        labels.add(names.get(i));
      }
    }
    return switch (model.preprocessor().target()) {
      case TargetEncoder.Classes _ -> new Said(names.get(Integer.parseInt(parts[1])), null, scores);
      case TargetEncoder.Labels _ -> new Said(null, labels, scores);
      case TargetEncoder.Values _ -> new Said(null, null, scores);
    };
  }

  private Path write(Model model, ExportFormat format, ScorerLanguage language, String name)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ScorerExporter(format, language).export(model).writeTo(out);
    return Files.write(directory.resolve(name), out.toByteArray());
  }

  private static int firstGood(List<@Nullable Said> said) {
    return said.indexOf(said.stream().filter(Objects::nonNull).findFirst().orElseThrow());
  }

  private static void assertAgrees(Model model, List<@Nullable Said> said) {
    List<Prediction> expected = SampleModels.PREDICTOR.score(model, SampleModels.raw(ROWS));
    assertThat(said).hasSize(expected.size());
    int scored = 0;
    for (int row = 0; row < said.size(); row++) {
      Prediction prediction = expected.get(row);
      Said own = said.get(row);
      assertThat(own == null)
          .as("row %s: server says %s, scorer %s", ROWS.get(row), prediction, own)
          .isEqualTo(prediction.error() != null);
      if (own != null) {
        scored++;
        assertAgrees(model, prediction, own);
      }
    }
    assertThat(scored).as("rows with a prediction").isGreaterThan(150);
  }

  private static void assertAgrees(Model model, Prediction expected, Said said) {
    NamedScores scores = Objects.requireNonNull(expected.scores());
    assertThat(said.scores().keySet()).isEqualTo(scores.keySet());
    int position = 0;
    for (Map.Entry<String, Float> score : scores.entrySet()) {
      double size = Math.max(Math.abs(score.getValue()), unit(model, position++));
      assertThat((double) Objects.requireNonNull(said.scores().get(score.getKey())))
          .as("%s in %s and %s", score.getKey(), expected, said)
          .isCloseTo(score.getValue(), within(1e-5 * size));
    }
    assertThat(said.labels()).isEqualTo(expected.labels());
    if (!isClose(scores)) {
      assertThat(said.label()).isEqualTo(expected.label());
    }
  }

  /// The size of an output of 1.
  private static double unit(Model model, int position) {
    if (model.preprocessor().target() instanceof TargetEncoder.Values values) {
      Scaler scaler = values.scalers().get(position);
      return scaler.scale();
    }
    return 1;
  }

  /// Whether a last digit decides for the label.
  private static boolean isClose(NamedScores scores) {
    float[] numbers = scores.numbers();
    for (int i = 0; i < numbers.length; i++) {
      for (int j = 0; j < numbers.length; j++) {
        if (i != j && Math.abs(numbers[i] - numbers[j]) < 1e-4) {
          return true;
        }
      }
    }
    return false;
  }
}
