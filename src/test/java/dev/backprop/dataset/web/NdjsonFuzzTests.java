package dev.backprop.dataset.web;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backprop.problem.Fuzzing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as newline-delimited JSON, with any parameters.
class NdjsonFuzzTests {

  private static final String TYPE = "application/x-ndjson";

  @MethodSource("seeds")
  @FuzzTest
  void endsInADataSetOrAProblem(byte[] data) throws IOException {
    Fuzzing.holds(16 << 20, () -> Intake.take(TYPE, data));
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "{\"a\": 1, \"b\": \"x\"}\n{\"b\": null, \"a\": -2.5e3}\n",
            "{\"a\": true}\r\n\n{\"a\": \"2026-11-25\"}\n{\"c\": 1}\n",
            "{\"a\": 1}\n{\"a\": [1, {}], \"a\": 1e39}\n{\"a\": NaN}\n[]\nnull\n{\"a\": 1} {}\n",
            "{\"id\": \"\\ud800\", \"\": 1}\n{\"id\": 1,\n",
            "{}\n")
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .flatMap(file -> Stream.of(Intake.chosen(0, file), Intake.chosen(30, file)));
  }
}
