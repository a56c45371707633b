package dev.backprop.dataset.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backprop.dataset.Column;
import dev.backprop.dataset.ColumnType;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.IgnoredColumn;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.NumberFormat;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of the columns of a CSV file that are neither numbers nor categories.
class CsvTypesTests {

  private static final DatasetProperties LIMITS = DatasetProperties.defaults();

  @Test
  void findsBooleansAndDates() throws IOException {
    Table table = read("on,day,y\nyes,2026-11-25,1\nNo,,2\n?,1969-12-31T12:00Z,3\n", null);
    NumberColumn on = (NumberColumn) table.columns().get(0);
    NumberColumn day = (NumberColumn) table.columns().get(1);
    assertThat(on.format()).isEqualTo(NumberFormat.BOOLEAN);
    assertThat(IntStream.range(0, 3).mapToObj(on::value)).containsExactly(1f, 0f, Float.NaN);
    assertThat(day.format()).isEqualTo(NumberFormat.DATE);
    assertThat(IntStream.range(0, 3).mapToObj(day::value))
        .containsExactly(20782f, Float.NaN, -0.5f);
    assertThat(table.columns().get(2).type()).isEqualTo(ColumnType.NUMBER);
    assertThat(table.ignored()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a:category, CATEGORY CATEGORY NUMBER",
    "'a:category,b:category,c:boolean', CATEGORY CATEGORY BOOLEAN",
    "'a:boolean,b:date,c:category', BOOLEAN DATE CATEGORY",
  })
  void obeysDeclaredTypes(String types, String expected) throws IOException {
    String csv = "a,b,c\ntrue,x,0\nfalse,y,1\n";
    if (types.contains("b:date")) {
      csv = csv.replace("x", "2026-11-25").replace("y", "2026-11-26");
    }
    assertThat(types(read(csv, types))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a:boolean, 'a,b\nyes,1\nmaybe,2\n', 3 a: 'maybe' does not fit: true or false is expected",
    "a:date, 'a,b\n01.02.2026,1\n', 2 a: '01.02.2026' does not fit: a date such as 2026-11-25 or 2026-11-25T10:30:00Z is expected",
    "a:date, 'a,b\n5,1\n', 2 a: '5' does not fit: a date such as 2026-11-25 or 2026-11-25T10:30:00Z is expected",
  })
  void refusesCellsOfAnotherType(String types, String csv, String error) {
    assertThat(errors(csv, types)).containsExactly(error);
  }

  @Test
  void saysHowToReadWhatLookedLikeSomethingElse() {
    assertThat(errors("a,b\n" + "yes,1\nno,1\n".repeat(500) + "maybe,1\n", null))
        .containsExactly(
            "1002 a: 'maybe' is not a word for true or false, and the column looked like booleans until here; to read it as categories send ?types=a:category");
    assertThat(errors("a,b\n" + "2026-01-01,1\n".repeat(1000) + "soon,1\n", null))
        .containsExactly(
            "1002 a: 'soon' is not a date, and the column looked like dates until here; to read it as categories send ?types=a:category");
  }

  @Test
  void leavesOutIdsAndFreeTextAndSaysSo() throws IOException {
    Table table = read(rows(60, "id,text,x,%s".formatted("label")), null);
    assertThat(types(table)).isEqualTo("NUMBER CATEGORY");
    assertThat(table.columns()).extracting(Column::name).containsExactly("x", "label");
    assertThat(table.ignored()).extracting(IgnoredColumn::name).containsExactly("id", "text");
    assertThat(table.ignored()).extracting(IgnoredColumn::position).containsExactly(0, 1);
    assertThat(table.ignored().getFirst().reason()).startsWith("it numbers the rows from 0 on");
  }

  @Test
  void keepsWhatIsDeclaredAndTheLastAndFewColumns() throws IOException {
    String csv = rows(60, "id,text,x,label");
    assertThat(types(read(csv, "id:number,text:category")))
        .isEqualTo("NUMBER CATEGORY NUMBER CATEGORY");
    String textLast =
        csv.lines()
            .map(line -> line.split(",", -1)[2] + ",1," + line.split(",", -1)[1])
            .collect(Collectors.joining("\n"))
            .replaceFirst("x,1,text", "x,c,text");
    assertThat(types(read(textLast, null))).isEqualTo("NUMBER NUMBER CATEGORY");
    String two =
        csv.lines()
            .map(line -> line.substring(0, line.indexOf(',', line.indexOf(',') + 1)))
            .collect(Collectors.joining("\n"));
    assertThat(types(read(two, null))).isEqualTo("NUMBER CATEGORY");
  }

  @Test
  void leavesOutTextsBeyondTheLimitsInTheMidstOfTheFile() throws IOException {
    DatasetProperties few =
        new DatasetProperties(1000, 10, 10_000, 55, LIMITS.maxUpload(), LIMITS.maxMemory(), 100);
    Table table =
        new CsvDatasetReader(few)
            .read(stream(rows(100, "id,text,x,label")), CsvOptions.NONE)
            .table();
    assertThat(table.ignored().get(1).reason())
        .isEqualTo(
            "56 of 56 texts differ, so they are taken for ids or free text; to keep the column send ?types=text:category");
    Table longTexts = read("a,b,c\n" + "t".repeat(1001) + ",1,2\nx,1,3\n", null);
    assertThat(longTexts.ignored().getFirst().reason()).startsWith("a text of 1001 characters");
    assertThat(types(longTexts)).isEqualTo("NUMBER NUMBER");
  }

  private static String rows(int rows, String header) {
    return IntStream.range(0, rows)
        .mapToObj(i -> "%d,text %d,%d,%s".formatted(i, i, i % 7, i % 2 == 0 ? "a" : "b"))
        .collect(Collectors.joining("\n", header + "\n", "\n"));
  }

  private static String types(Table table) {
    return table.columns().stream().map(c -> c.type().name()).collect(Collectors.joining(" "));
  }

  private static Table read(String csv, @Nullable String types) throws IOException {
    return new CsvDatasetReader(LIMITS).read(stream(csv), CsvOptions.of(null, null, types)).table();
  }

  private static ByteArrayInputStream stream(String csv) {
    return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> errors(String csv, @Nullable String types) {
    return catchThrowableOfType(ProblemException.class, () -> read(csv, types)).errors().stream()
        .map(CsvTypesTests::show)
        .toList();
  }

  private static String show(InputError error) {
    return error.line() + " " + error.column() + ": " + error.detail();
  }
}
