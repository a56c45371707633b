package dev.backprop.dataset.web;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backprop.dataset.intake.FileParameters;
import dev.backprop.dataset.intake.ParquetFiles;
import dev.backprop.problem.Fuzzing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as Parquet, beginning with files by `golden/parquet.py`.
class ParquetFuzzTests {

  /// A page of 64 MB, the most that is read, is there as packed and unpacked bytes and as values.
  static final long MEMORY = 256 << 20;

  private static final FileParameters NONE =
      new FileParameters(null, null, null, null, null, null, null, null);

  @MethodSource("seeds")
  @FuzzTest
  void endsInADataSetOrAProblem(byte[] data) throws IOException {
    Fuzzing.holds(
        MEMORY,
        () ->
            Intake.take(
                "application/vnd.apache.parquet", NONE, new ByteArrayInputStream(data), false));
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "plain",
            "dictionary",
            "gzip",
            "snappy",
            "zstd",
            "version2",
            "index",
            "groups",
            "checksums",
            "split",
            "delta",
            "nested",
            "infinite",
            "empty",
            "missing_column",
            "mixed")
        .map(ParquetFiles::file);
  }
}
