package dev.backprop.dataset.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockMultipartFile;

class UploadTests {

  @ParameterizedTest
  @CsvSource({
    "iris.csv, text/csv, CSV, false, iris",
    "iris.2.csv, , CSV, false, iris.2",
    "iris.tsv, application/octet-stream, CSV, false, iris",
    "iris, , CSV, false, iris",
    "iris.csv, application/vnd.ms-excel, CSV, false, iris",
    "iris.csv.gz, application/gzip, CSV, true, iris",
    "iris.csv, application/x-gzip, CSV, true, iris",
    "IRIS.ARFF, application/octet-stream, ARFF, false, IRIS",
    "iris.arff.gz, , ARFF, true, iris",
    "iris.arff.gz, text/x-arff, ARFF, true, iris",
    "iris.txt, application/x-arff, ARFF, false, iris",
    "../../etc/passwd, text/csv, CSV, false, "
  })
  void areKnownByTheirTypeOrElseTheirName(
      String file,
      @Nullable String type,
      FileFormat format,
      boolean packed,
      @Nullable String name) {
    assertThat(upload(file, type)).isEqualTo(new Upload(format, packed, null, name));
  }

  @ParameterizedTest
  @CsvSource({
    "a.json, application/json",
    "a.json, application/octet-stream",
    "a.png, image/png",
    "a.csv, x"
  })
  void ofOtherTypesAreRefused(String file, String type) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> upload(file, type))
        .satisfies(
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE));
  }

  @Test
  void haveTheCharsetOfTheirPart() {
    assertThat(upload("a.csv", "text/csv; charset=latin1").charset())
        .isEqualTo(Encoding.ISO_8859_1);
  }

  private static Upload upload(String file, @Nullable String type) {
    return Upload.ofForm(new MockMultipartFile("file", file, type, new byte[1]), 10);
  }
}
