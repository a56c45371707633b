package dev.backprop.dataset.web;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backprop.problem.Fuzzing;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as CSV, with any parameters.
class CsvFuzzTests {

  private static final String TYPE = "text/csv";

  @MethodSource("seeds")
  @FuzzTest
  void endsInADataSetOrAProblem(byte[] data) throws IOException {
    Fuzzing.holds(16 << 20, () -> Intake.take(TYPE, data));
  }

  static Stream<byte[]> seeds() {
    return Intake.seeds(TYPE);
  }
}
