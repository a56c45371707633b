package dev.backprop.dataset.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.dataset.ColumnType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeInferenceTests {

  @ParameterizedTest
  @CsvSource({
    "1 2.5 NA, NUMBER",
    "0 1 0, NUMBER",
    "1 x, CATEGORY",
    "true false, BOOLEAN",
    "True ? FALSE, BOOLEAN",
    "yes no yes, BOOLEAN",
    "t f, BOOLEAN",
    "Y N, BOOLEAN",
    "yes yes, CATEGORY",
    "yes false, CATEGORY",
    "y no, CATEGORY",
    "true false 1, CATEGORY",
    "true false maybe, CATEGORY",
    "f m f, CATEGORY",
    "2026-11-25 NA 1999-01-01T10:00, DATE",
    "2026-11-25 2026, CATEGORY",
    "2026-11-25 tomorrow, CATEGORY",
    "2026-11-25 true, CATEGORY",
  })
  void seesWhatAllCellsAre(String cells, ColumnType type) {
    assertThat(TypeInference.of(List.of(cells.split(" ")), DecimalMark.POINT)).isEqualTo(type);
  }

  @Test
  void leavesOpenWhatHasNoCells() {
    assertThat(TypeInference.of(List.of("", "NA"), DecimalMark.POINT)).isNull();
  }
}
