package dev.backprop.dataset.web;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backprop.dataset.intake.DatasetRequest;
import dev.backprop.problem.Fuzzing;
import dev.backprop.problem.JsonBinder;
import dev.backprop.system.json.Binders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.ResponseEntity;

/// Any bytes as the JSON of a data set.
class JsonBodyFuzzTests {

  private static final JsonBinder BINDER = Binders.with(Intake.LIMITS);

  @MethodSource("seeds")
  @FuzzTest
  void endsInADataSetOrAProblem(byte[] data) throws IOException {
    Fuzzing.holds(32 << 20, () -> Intake.check(controller -> create(controller, data)));
  }

  private static ResponseEntity<DatasetView> create(DatasetController controller, byte[] data)
      throws IOException {
    return controller.createFromJson(
        BINDER.bind(new ByteArrayInputStream(data), data.length, DatasetRequest.class), null);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "{\"name\": \"xor\", \"inputs\": [[0, 0], [0, 1]], \"targets\": [[0], [1]]}",
            "{\"inputs\": [[1, -2.5e3], [1e39]], \"targets\": [\"a\", true, null]}",
            "{\"rows\": [{\"a\": 1, \"b\": \"x\"}, {\"b\": null, \"a\": 2}, {\"c\": []}]}",
            "{\"rows\": [{\"a\": true}, {\"a\": false}], \"name\": \"\\u0000\"}",
            "{\"generator\": {\"type\": \"gaussians\", \"rows\": 100, \"noise\": 0.1, \"seed\": 7}}",
            "{\"generator\": {\"type\": \"xor\", \"rows\": 2147483647}}",
            "{\"inputs\": {}, \"inputs\": 1, \"target\": [[[[[]]]]]}",
            "{\"inputs\": [[1], [2]], \"targets\": [{\"a\": true}, \"b\"]}",
            "[]",
            "")
        .map(json -> json.getBytes(StandardCharsets.UTF_8));
  }
}
