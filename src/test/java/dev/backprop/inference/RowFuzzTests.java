package dev.backprop.inference;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backprop.model.Model;
import dev.backprop.problem.Fuzzing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Any bytes as rows to predict for. The first says whether they are CSV (0) or newline-delimited
/// JSON (1), and with 2 added that the model takes numbers alone.
class RowFuzzTests {

  private static final int LONGEST_LINE = 1_000;

  private final JsonMapper json = new JsonMapper();

  @MethodSource("seeds")
  @FuzzTest
  void endInPredictionsOrAProblem(byte[] data) throws IOException {
    Fuzzing.holds(32 << 20, () -> predict(data));
  }

  private void predict(byte[] data) throws IOException {
    int form = data.length == 0 ? 0 : data[0];
    int skipped = Math.min(1, data.length);
    Model model = (form & 2) == 0 ? FuzzedModels.MIXED : FuzzedModels.NUMBERS;
    RawRows rows = new RawRows();
    OutputStream out = OutputStream.nullOutputStream();
    PredictStream stream =
        new PredictStream(
            FuzzedModels.PREDICTOR.scorer(model, Integer.MAX_VALUE),
            rows,
            () ->
                (form & 1) == 0
                    ? new CsvPredictions(out, model, PredictOptions.NONE)
                    : JsonPredictions.lines(json, out));
    InputStream in =
        new WaitingInput(
            new ByteArrayInputStream(data, skipped, data.length - skipped), stream::catchUp);
    stream.run(
        (form & 1) == 0
            ? new CsvRows(in, rows, model.preprocessor(), LONGEST_LINE)
            : new NdjsonRows(in, rows, json, LONGEST_LINE));
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "\0color,size\nred,12.5\n\"blue\",1e39\n,NA\ngreen,8,9\n",
            "\0size,size\n1,2\n",
            "\0size,color,\n1,\"a\nb\",\n1,\"open\n",
            "\0\n\n",
            "\2weight,size\n1,2\n-1e-50,NaN\nx,y\n",
            "\1{\"size\": 1, \"color\": \"red\"}\n[2, \"blue\"]\n[]\n{}\nnull\n1\n[1, 2, 3]\n{\"x\": {}}\n",
            "\1[1, \"re\n[1e999, null]\n{\"size\": 1, \"size\": 2}\n[[[]]]\n",
            "\3[1, 2]\n[\"1\", true]\n{\"weight\": 2, \"size\": -0.0} {}\n",
            "")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}
