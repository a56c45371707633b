package dev.backprop.inference.protocol;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backprop.inference.FuzzedModels;
import dev.backprop.inference.InferenceProperties;
import dev.backprop.inference.Prediction;
import dev.backprop.inference.RawRows;
import dev.backprop.model.Model;
import dev.backprop.problem.Fuzzing;
import dev.backprop.system.json.Binders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/// Any bytes as a request of the Open Inference Protocol. The first byte says whether they are JSON
/// (0), JSON with tensors behind it (1), where the second says how long it is, or one tensor (2);
/// with 4 added the model has categories, with 8 the length of the body is not told.
class TensorFuzzTests {

  private static final int LIMIT = 100;

  private final InferReader reader =
      new InferReader(
          Binders.with(), new InferenceProperties(LIMIT, 1_000, DataSize.ofKilobytes(64)));
  private final InferWriter writer = new InferWriter(new JsonMapper());

  @MethodSource("seeds")
  @FuzzTest
  void endsInAnAnswerOrAProblem(byte[] data) throws IOException {
    Fuzzing.holds(32 << 20, () -> infer(data));
  }

  private void infer(byte[] data) throws IOException {
    int skipped = Math.min(2, data.length);
    int form = data.length > 0 ? data[0] : 0;
    HttpHeaders headers = new HttpHeaders();
    if ((form & 3) != 0) {
      int length = (form & 3) == 1 && data.length > 1 ? data[1] & 0xFF : 0;
      headers.set(InferHeaders.JSON_LENGTH, Integer.toString(length));
    }
    if ((form & 8) == 0) {
      headers.setContentLength(data.length - skipped);
    }
    Model model = (form & 4) == 0 ? FuzzedModels.NUMBERS : FuzzedModels.MIXED;
    Inference inference =
        reader.read(model, headers, new ByteArrayInputStream(data, skipped, data.length - skipped));
    InferInputs inputs = inference.inputs();
    List<Prediction> predictions =
        inputs.score(FuzzedModels.scorer(model, inputs.rows()), 0, inputs.rows(), new RawRows());
    if (predictions.stream().allMatch(prediction -> prediction.error() == null)) { // else refused
      writer.write(model, inference, predictions, new MockHttpServletResponse());
    }
  }

  static Stream<byte[]> seeds() {
    String one =
        "{\"id\":\"7\",\"inputs\":[{\"name\":\"input\",\"datatype\":\"%s\",\"shape\":[1,2],%s}]}";
    String mixed =
        "{\"inputs\":[{\"name\":\"size\",\"datatype\":\"INT64\",\"shape\":[2],\"data\":[1,-2]},"
            + "{\"name\":\"color\",\"datatype\":\"BYTES\",\"shape\":[2,1],%s}],"
            + "\"outputs\":[{\"name\":\"y\",\"parameters\":{\"binary_data\":true}}]}";
    String size = "\"parameters\":{\"binary_data_size\":%d}";
    return Stream.of(
        request(0, one.formatted("FP32", "\"data\":[[1.5,1e39]]"), 0),
        request(0, one.formatted("UINT64", "\"data\":[18446744073709551615,0]"), 0),
        request(0, one.formatted("BOOL", "\"data\":[true,[false]]"), 0),
        request(4, mixed.formatted("\"data\":[\"red\",\"green\"]"), 0),
        request(8, one.formatted("FP16", "\"data\":[]"), 0),
        request(1, one.formatted("FP64", size.formatted(16)), 16),
        request(1, one.formatted("INT8", size.formatted(2)), 2),
        request(9, one.formatted("BYTES", size.formatted(8)), 8),
        request(5, mixed.formatted(size.formatted(8)), 8),
        request(1, one.formatted("FP32", size.formatted(Long.MAX_VALUE)), 8),
        request(2, "", 16),
        request(10, "", 7),
        request(6, "", 8));
  }

  private static byte[] request(int form, String json, int tensors) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + text.length + tensors)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) form)
        .put((byte) text.length)
        .put(text)
        .array();
  }
}
