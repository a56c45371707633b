package dev.backprop.dataset.web;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backprop.dataset.intake.FileParameters;
import dev.backprop.dataset.intake.ParquetFiles;
import dev.backprop.problem.Fuzzing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as packed by gzip, of any of the formats, by the first byte.
class GzipFuzzTests {

  private static final List<String> TYPES =
      List.of("text/csv", "text/x-arff", "application/x-ndjson", "application/vnd.apache.parquet");

  private static final FileParameters NONE =
      new FileParameters(null, null, null, null, null, null, null, null);

  @MethodSource("seeds")
  @FuzzTest
  void endsInADataSetOrAProblem(byte[] data) throws IOException {
    String type = TYPES.get(data.length == 0 ? 0 : (data[0] & 0xFF) % TYPES.size());
    int skipped = Math.min(1, data.length);
    Fuzzing.holds(
        ParquetFuzzTests.MEMORY,
        () ->
            Intake.take(
                type, NONE, new ByteArrayInputStream(data, skipped, data.length - skipped), true));
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
        packed(0, NastyFile.gzip("a,b\n1,2\n")),
        packed(1, NastyFile.gzip("@attribute a real\n@data\n1\n")),
        packed(2, NastyFile.gzip("{\"a\": 1}\n")),
        packed(3, NastyFile.gzip(new ByteArrayInputStream(ParquetFiles.file("dictionary")))),
        packed(0, NastyFile.gzip(new RepeatedText("a\n", "1\n", 1 << 20))),
        packed(0, NastyFile.gzip(new RepeatedText("a\n1\n", "a\n", 1 << 20))),
        packed(2, NastyFile.gzip(new RepeatedText("{\"a\": 1}\n", "{\n", 1 << 20))),
        packed(0, Arrays.copyOf(NastyFile.gzip("a,b\n1,2\n"), 20)));
  }

  private static byte[] packed(int type, byte[] file) {
    byte[] data = new byte[file.length + 1];
    data[0] = (byte) type;
    System.arraycopy(file, 0, data, 1, file.length);
    return data;
  }
}
