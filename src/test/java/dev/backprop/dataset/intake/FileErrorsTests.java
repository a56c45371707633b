package dev.backprop.dataset.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.backprop.dataset.RejectedRows;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FileErrorsTests {

  private final AtomicInteger details = new AtomicInteger();

  @Test
  void describesNoMoreErrorsThanItKeeps() {
    FileErrors errors = new FileErrors(false);
    for (int i = 0; i < FileErrors.MOST_BAD_ROWS; i++) {
      endBad(errors);
    }
    assertThat(details).hasValue(InputErrors.LIMIT);
    assertThat(errors.badRows()).isEqualTo(FileErrors.MOST_BAD_ROWS);
  }

  @Test
  void readsNoFurtherAfterTooManyBadRows() {
    FileErrors errors = new FileErrors(false);
    for (int i = 0; i < FileErrors.MOST_BAD_ROWS; i++) {
      errors.endRow();
      endBad(errors);
    }
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> endBad(errors))
        .satisfies(
            problem -> {
              assertThat(problem.detail())
                  .isEqualTo(
                      "10001 of the first 20001 rows are bad, the rest was not read: 10001 errors,"
                          + " the first 50 with their places");
              assertThat(problem.errors()).hasSize(InputErrors.LIMIT);
            });
  }

  @Test
  void leavesOutAnyNumberOfRowsWhileHalfOfThemAreGood() {
    FileErrors errors = new FileErrors(true);
    int bad = 3 * FileErrors.MOST_BAD_ROWS;
    for (int i = 0; i < bad; i++) {
      errors.endRow();
      endBad(errors);
    }
    assertThat(errors.settle(bad))
        .isNotNull()
        .returns((long) bad, RejectedRows::rows)
        .satisfies(rejected -> assertThat(rejected.first()).hasSize(FileErrors.KEPT));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> endBad(errors))
        .withMessageContaining("30001 of the first 60001 rows are bad");
  }

  private void endBad(FileErrors errors) {
    errors.addToRow(1, "a", () -> "error " + details.incrementAndGet());
    errors.endRow();
  }
}
