package dev.backprop.dataset.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.MemoryLimit;
import dev.backprop.dataset.web.NastyFile;
import dev.backprop.dataset.web.RepeatedText;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class GzipInputTests {

  @Test
  void unpacksByteByByteAndInBlocks() throws IOException {
    byte[] packed = NastyFile.gzip("a,b\n1,2\n");
    try (GzipInput input = input(packed, DataSize.ofKilobytes(1), 100)) {
      assertThat(input.read()).isEqualTo('a');
      assertThat(new String(input.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(",b\n1,2\n");
      assertThat(input.read()).isEqualTo(-1);
    }
  }

  @Test
  void holdsWhatIsUnpackedToTheLimitOfUploads() {
    byte[] packed = NastyFile.gzip("0".repeat(1001));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> input(packed, DataSize.ofBytes(1000), 100).readAllBytes())
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.PAYLOAD_TOO_LARGE))
        .withMessage(
            "The file is larger than 1000 bytes when it is unpacked, the limit of"
                + " backprop.datasets.max-upload.");
  }

  @Test
  void holdsLargeFilesToTheLimitOfTheRatio() throws IOException {
    byte[] packed = NastyFile.gzip(new RepeatedText("", "0", GzipInput.GRACE + 1));
    long ratio = GzipInput.GRACE / packed.length;
    assertThat(ratio).isGreaterThan(900);
    DataSize limit = DataSize.ofMegabytes(100);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> input(packed, limit, 900).transferTo(OutputStream.nullOutputStream()))
        .withMessageContaining("more than 900 times its size");
    assertThat(input(packed, limit, 1100).transferTo(OutputStream.nullOutputStream()))
        .isEqualTo(GzipInput.GRACE + 1);
  }

  @Test
  void holdsPackedBytesThatUnpackToNothingToTheLimit() {
    byte[] nothing = NastyFile.gzip("");
    byte[] many = new byte[100 * nothing.length];
    for (int i = 0; i < many.length; i++) {
      many[i] = nothing[i % nothing.length];
    }
    DatasetProperties limits = limits(DataSize.ofBytes(1000), 100);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () ->
                new Upload(FileFormat.CSV, true, null, null)
                    .open(new ByteArrayInputStream(many), limits)
                    .readAllBytes())
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.PAYLOAD_TOO_LARGE));
  }

  @Test
  void passesOnAConnectionThatEnds() {
    byte[] packed = NastyFile.gzip("a,b\n1,2\n");
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new EOFException("connection reset");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            throw new EOFException("connection reset");
          }
        };
    InputStream body =
        new SequenceInputStream(new ByteArrayInputStream(Arrays.copyOf(packed, 12)), broken);
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> new GzipInput(body, limits(DataSize.ofKilobytes(1), 100)).readAllBytes())
        .withMessage("connection reset");
  }

  private static GzipInput input(byte[] packed, DataSize maxUpload, int maxRatio) {
    return new GzipInput(new ByteArrayInputStream(packed), limits(maxUpload, maxRatio));
  }

  private static DatasetProperties limits(DataSize maxUpload, int maxRatio) {
    return new DatasetProperties(9, 9, 9, 9, maxUpload, new MemoryLimit(1000), maxRatio);
  }
}
