package dev.backprop.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.DatasetRepositories;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.intake.DatasetFactory;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;

/// Every file has its answer, and none takes more memory than its data.
class NastyFilesTests {

  private static final int SHOWN = 12;

  private final DatasetProperties properties = DatasetProperties.defaults();
  private final DatasetRepository repository = DatasetRepositories.inMemory(properties);
  private final DatasetController controller =
      new DatasetController(
          new DatasetFactory(
              properties, Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC)),
          repository,
          properties);

  @ParameterizedTest
  @MethodSource("dev.backprop.dataset.web.NastyFiles#all")
  void haveTheirAnswers(NastyFile file) throws IOException {
    List<String> answer = new ArrayList<>();
    int status = read(file, answer);
    assertThat(answer).containsExactlyElementsOf(file.answer());
    assertThat(status).isEqualTo(file.status());
  }

  @ParameterizedTest
  @MethodSource("dev.backprop.dataset.web.NastyFiles#huge")
  void thatAreHugeHaveTheirAnswersInBoundedMemory(NastyFile file) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    haveTheirAnswers(file);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16L << 20);
  }

  private int read(NastyFile file, List<String> answer) throws IOException {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.CONTENT_TYPE, file.type());
    headers.set(HttpHeaders.CONTENT_ENCODING, file.packing());
    try {
      int status =
          controller
              .createFromFile(file.body().get(), headers, file.fileParameters())
              .getStatusCode()
              .value();
      show(repository.list(PageRequest.of(null, null)).data().getFirst(), answer);
      return status;
    } catch (ProblemException problem) {
      problem.errors().forEach(error -> answer.add(show(error)));
      if (answer.isEmpty()) {
        answer.add(problem.detail());
      }
      return problem.type().status();
    }
  }

  private static void show(Dataset dataset, List<String> answer) {
    answer.add(
        dataset.rows() <= SHOWN && dataset.columns().size() <= SHOWN
            ? dataset.columns().stream().map(NastyFilesTests::show).collect(Collectors.joining(" "))
            : "%d rows of %d columns".formatted(dataset.rows(), dataset.columns().size()));
    dataset
        .rejected()
        .ifPresent(
            rejected -> {
              answer.add(rejected.rows() + " left out");
              rejected.first().forEach(error -> answer.add(show(error)));
            });
  }

  private static String show(InputError error) {
    String place = error.pointer() == null ? Objects.toString(error.line()) : error.pointer();
    return place + (error.column() == null ? "" : " " + error.column()) + ": " + error.detail();
  }

  private static String show(Column column) {
    List<Object> cells = new ArrayList<>();
    for (int row = 0; row < column.rows(); row++) {
      cells.add(
          column.isMissing(row)
              ? "missing"
              : switch (column) {
                case NumberColumn numbers -> numbers.value(row);
                case CategoryColumn categories ->
                    "'" + categories.categories().get(categories.code(row)) + "'";
              });
    }
    return column.name() + "=" + cells;
  }
}
