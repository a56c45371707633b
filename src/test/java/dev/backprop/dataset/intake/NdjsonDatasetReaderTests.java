package dev.backprop.dataset.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backprop.dataset.Column;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.IgnoredColumn;
import dev.backprop.dataset.RejectedRows;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class NdjsonDatasetReaderTests {

  private static final DatasetProperties LIMITS = DatasetProperties.defaults();

  @Test
  void readsAnObjectALine() throws IOException {
    String file =
        """
        {"n": 1.5, "b": true, "d": "2026-11-25", "c": "x"}

        {"c": "1", "n": -2e3, "b": null}\r
        {"d": "1970-01-02T12:00Z", "b": false, "c": "\\u00e9", "n": 0}""";
    assertThat(show(file, null))
        .isEqualTo(
            "number n [1.5, -2000.0, 0.0] boolean b [true, null, false]"
                + " date d [2026-11-25, null, 1970-01-02T12:00:00Z] category c [x, 1, é]");
  }

  @Test
  void readsLinesThatAreLongerThanItsBuffer() throws IOException {
    String many =
        IntStream.range(0, 9000)
            .mapToObj(i -> "\"column number %d\": %d".formatted(i, i))
            .collect(Collectors.joining(", ", "{", "}\n"));
    assertThat(read(many.repeat(3), null).columns()).hasSize(9000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          n:category,b:category | category n [1.50, 2] category b [true, false] category t [0, 1]
          n:ignored,t:number    | boolean b [true, false] number t [0.0, 1.0]
          t:boolean,b:number    | number n [1.5, 2.0] number b [1.0, 0.0] boolean t [false, true]
          """)
  void obeysDeclaredTypes(String types, String expected) throws IOException {
    String file =
        "{\"n\": 1.50, \"b\": true, \"t\": \"0\"}\n{\"n\": 2, \"b\": false, \"t\": \"1\"}";
    assertThat(show(file, types)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a": 1};[1]         | 2: an object is expected, not an array
          {"a": 1};1           | 2: an object is expected, not the number 1
          {"a": 1};{"a": 1} {} | 2: something follows the object; a line has one object
          {"a": 1};{"a": 1,}   | 2: the line is not well-formed JSON at character 9
          {"a": 1};{"a": NaN}  | 2: the line is not well-formed JSON at character 10
          {"a": 1};{"a": 1     | 2: the line is not well-formed JSON at character 8
          {"a": 1};{"b": 1}    | 2 b: the first line does not have this key; its keys are the columns, so give it all of them, null where there is no value
          {"a": 1};{"a": 1, "a": 2} | 2 a: the line has this key twice
          {"a": 1};{"a": [1]}  | 2 a: a number, text, boolean or null is expected, not an array; to leave the column out send ?types=a:ignored
          {"a": 1};{"a": {}}   | 2 a: a number, text, boolean or null is expected, not an object; to leave the column out send ?types=a:ignored
          {"a": 1};{"a": 1e39} | 2 a: 1e39 is beyond a 32-bit float, whose largest number is 3.4e38
          {"a": 1};{"a": "x"}  | 2 a: the text 'x' in a column of numbers; to read it as categories send ?types=a:category
          {"a": "x"};{"a": 1}  | 2 a: the number 1 in a column of categories; to read it as categories send ?types=a:category
          {"a": true};{"a": "yes"} | 2 a: the text 'yes' in a column of booleans; to read it as categories send ?types=a:category
          {"a": "2026-11-25"};{"a": "soon"} | 2 a: the text 'soon' in a column of dates; to read it as categories send ?types=a:category
          {"a": 1};{"a": true} | 2 a: true in a column of numbers; to read it as categories send ?types=a:category
          {}                   | 1: the object has no keys; the keys of the first line are the columns
          {"": 1}              | 1: a column has no name
          ;;                   | 1: the file is empty
          """)
  void saysWhatIsWrongWithALine(String file, String error) {
    assertThat(errors(file.replace(';', '\n'), null)).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a:boolean  | 1 a: the number 5 in a column of booleans
          a:date     | 1 a: the number 5 in a column of dates
          b:number   | 1 b: the text 'x' in a column of numbers
          b:boolean  | 1 b: the text 'x' in a column of booleans
          b:date     | 1 b: the text 'x' in a column of dates
          z:number   | #/types: query parameter types has 'z', which is no column of the file
          a:ignored,b:ignored | #/types: query parameter types leaves no column: all of them are ignored
          """)
  void refusesDeclaredTypesThatDoNotFit(String types, String error) {
    assertThat(errors("{\"a\": 5, \"b\": \"x\"}", types)).isEqualTo(error);
  }

  @Test
  void collectsBadLines() {
    assertThat(errors("{\"a\": 1}\n{\"a\": \"x\"}\nnothing\n{\"a\": 2}\n[]\n", null).lines())
        .hasSize(3)
        .element(2)
        .isEqualTo("5: an object is expected, not an array");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a": 1};{"a": "x"};{"a": 2}          | number a [1.0, 2.0] | 1 | 2 | a
          {"a": 1};nothing;[];{"a": 2}          | number a [1.0, 2.0] | 2 | 2 |
          {"a": 1, "b": 1};{"b": 2, "a": "x"};{"b": 3} | number a [1.0, null] number b [1.0, 3.0] | 1 | 2 | a
          {"a": 1};{"a": 5, "c": 6};{"a": 7, "a": 8};{"a": 2} | number a [1.0, 2.0] | 2 | 2 | c
          {"a": 1};{"a": 5,;{"a": 2}            | number a [1.0, 2.0] | 1 | 2 |
          {"a": [], "b": "x"};{"a": 1, "b": true} | number a [1.0] boolean b [true] | 1 | 1 | a
          {"a": "x"};{"a": "y", "b": 1};{"a": "z"} | category a [x, z] | 1 | 2 | b
          {"a": null};{"a": 5, "b": 1};{"a": "z"} | category a [null, z] | 1 | 2 | b
          """)
  void leavesOutBadLinesIfAskedTo(
      String file, String columns, long rows, long line, @Nullable String column)
      throws IOException {
    FileTable table = readFile(file.replace(';', '\n'), null, "skip");
    assertThat(Tables.show(table.table())).isEqualTo(columns);
    RejectedRows rejected = Objects.requireNonNull(table.rejected());
    assertThat(rejected.rows()).isEqualTo(rows);
    assertThat(rejected.first().getFirst().line()).isEqualTo(line);
    assertThat(rejected.first().getFirst().column()).isEqualTo(column);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nothing;{"a": 2}  | skip   | the line is not well-formed JSON at character 1
          {"a": 1};{"a":    | refuse | the line is not well-formed JSON at character 6; to leave out the bad rows send ?onBadRows=skip
          {"a": []};{"b": 1} | skip  | none of the 2 rows can be taken: 2 errors, each with its place
          {"a": [1]}        | refuse | a number, text, boolean or null is expected, not an array; to leave the column out send ?types=a:ignored
          """)
  void saysWhetherBadLinesCanBeLeftOut(String file, String onBadRows, String detail) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> readFile(file.replace(';', '\n'), null, onBadRows))
        .satisfies(problem -> assertThat(problem.detail()).isEqualTo(detail));
  }

  @Test
  void leavesNoColumnOutForTooManyTexts() throws IOException {
    DatasetProperties few =
        new DatasetProperties(10, 2, 20, 2, LIMITS.maxUpload(), LIMITS.maxMemory(), 100);
    CsvOptions skip =
        new FileParameters(null, null, null, null, null, null, null, "skip")
            .toOptions(FileFormat.NDJSON, null);
    String file = "{\"a\": \"x\"}\n{\"a\": \"y\"}\n{\"a\": \"z\"}\n{\"a\": \"x\"}\n";
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class, () -> new NdjsonDatasetReader(few).read(stream(file), skip));
    assertThat(Tables.errors(problem)).startsWith("3 a: ").contains("?types=a:ignored");
  }

  @Test
  void leavesNoColumnOutForABadLine() throws IOException {
    String line = "{\"a\": \"%s\", \"b\": %s, \"c\": true}\n";
    String file =
        line.formatted("x", "1")
            + line.formatted("x".repeat(ColumnBuilder.MAX_TEXT + 1), "[]")
            + line.formatted("y", "2");
    FileTable table = readFile(file, null, "skip");
    assertThat(Tables.show(table.table()))
        .isEqualTo("category a [x, y] number b [1.0, 2.0] boolean c [true, true]");
    assertThat(table.table().ignored()).isEmpty();
  }

  @Test
  void leavesNestedValuesOutIfAskedTo() throws IOException {
    assertThat(show("{\"a\": [1, {}], \"b\": 1}", "a:ignored")).isEqualTo("number b [1.0]");
  }

  @Test
  void leavesOutIdsAndFreeText() throws IOException {
    Table table =
        read(
            IntStream.range(0, 60)
                .mapToObj("{\"key\": \"k%1$d\", \"n\": %1$d, \"c\": \"last %1$d\"}\n"::formatted)
                .collect(Collectors.joining()),
            "n:number");
    assertThat(table.columns()).extracting(Column::name).containsExactly("n", "c");
    assertThat(table.ignored()).extracting(IgnoredColumn::name).containsExactly("key");
  }

  @Test
  void keepsToTheLimits() {
    DatasetProperties few =
        new DatasetProperties(3, 2, 5, 2, DataSize.ofBytes(100), LIMITS.maxMemory(), 100);
    assertThat(exceeds("{\"a\": 1}\n".repeat(4), few)).contains("max-rows");
    assertThat(exceeds("{\"a\": 1, \"b\": 1, \"c\": 1}\n", few)).contains("max-columns");
    assertThat(exceeds("{\"a\": 1, \"b\": 1}\n".repeat(3), few)).contains("max-cells");
    assertThat(exceeds(" ".repeat(200), few)).contains("max-upload");
    assertThat(errors("{\"a\": \"" + "x".repeat(LineReader.LONGEST) + "\"}", null))
        .isEqualTo("1: the line has more than 4194304 characters");
    assertThat(errors("{\"a\": 1}\n\u0000", null)).startsWith("2: a NUL character");
  }

  private static String exceeds(String file, DatasetProperties limits) {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () -> new NdjsonDatasetReader(limits).read(stream(file), CsvOptions.NONE));
    assertThat(problem.type()).isIn(ProblemType.LIMIT_EXCEEDED, ProblemType.PAYLOAD_TOO_LARGE);
    return problem.detail();
  }

  @Test
  void failsWithItsStream() throws IOException {
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> new NdjsonDatasetReader(LIMITS).read(closed, CsvOptions.NONE));
  }

  private static String show(String file, @Nullable String types) throws IOException {
    return Tables.show(read(file, types));
  }

  private static Table read(String file, @Nullable String types) throws IOException {
    return readFile(file, types, null).table();
  }

  private static FileTable readFile(String file, @Nullable String types, @Nullable String onBadRows)
      throws IOException {
    CsvOptions options =
        new FileParameters(null, types, null, null, null, null, null, onBadRows)
            .toOptions(FileFormat.NDJSON, null);
    return new NdjsonDatasetReader(LIMITS).read(stream(file), options);
  }

  private static ByteArrayInputStream stream(String file) {
    return new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
  }

  private static String errors(String file, @Nullable String types) {
    return Tables.errors(catchThrowableOfType(ProblemException.class, () -> read(file, types)));
  }
}
