package dev.backprop.dataset.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.ColumnType;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.MemoryLimit;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

class CsvDatasetReaderTests {

  private static final String NOT_UTF_8 =
      "not utf-8 text from here on; name its encoding with the query parameter encoding, such as"
          + " ?encoding=windows-1252, or save the file as UTF-8";

  @ParameterizedTest
  @MethodSource
  void reads(String csv, String columns) throws IOException {
    assertThat(show(read(csv, CsvOptions.NONE))).isEqualTo(columns);
  }

  static Stream<Arguments> reads() {
    return Stream.of(
        arguments("a,b\n1,2\n3,4\n", "a=[1.0, 3.0] b=[2.0, 4.0]"),
        arguments("a,b\n1,2\n3,4", "a=[1.0, 3.0] b=[2.0, 4.0]"),
        arguments("a,b\r\n1,2\r\n3,4\r\n", "a=[1.0, 3.0] b=[2.0, 4.0]"),
        arguments("a,b\r1,2\r3,4\r", "a=[1.0, 3.0] b=[2.0, 4.0]"),
        arguments("\uFEFFa,b\n1,2\n", "a=[1.0] b=[2.0]"),
        arguments("a;b\n1;2\n", "a=[1.0] b=[2.0]"),
        arguments("a\tb\n1\t2\n", "a=[1.0] b=[2.0]"),
        arguments("a|b\n1|2\n", "a=[1.0] b=[2.0]"),
        arguments("\"a,b\";c\n\"x;y\";2\n", "a,b=[x;y] c=[2.0]"),
        arguments("a\n1\n2\n", "a=[1.0, 2.0]"),
        arguments("a,b\n\n1,2\n\n\n3,4\n\n", "a=[1.0, 3.0] b=[2.0, 4.0]"),
        arguments(" a , b\n 1 ,\tx y \n", "a=[1.0] b=[x y]"),
        arguments("a,b\n\" 1 \",\" x\"\n", "a=[ 1 ] b=[ x]"),
        arguments("a\n\"line 1\nline 2\"\n\"say \"\"hi\"\"\"\n", "a=[line 1\nline 2, say \"hi\"]"),
        arguments("ä,日本\n1,é\n", "ä=[1.0] 日本=[é]"),
        // numbers
        arguments(
            "a\n-1\n+2.5\n.5\n3.\n1e3\n-0\n1E-3\n", "a=[-1.0, 2.5, 0.5, 3.0, 1000.0, -0.0, 0.001]"),
        arguments("a\n1e-60\n340282346638528859811704183484516925440\n", "a=[0.0, 3.4028235E38]"),
        arguments("a\n16777217\n0.1\n", "a=[1.6777216E7, 0.1]"),
        // a column with one text keeps all texts as they are written
        arguments("zip,n\n007,1\n1.0,2\nAB1,3\n", "zip=[007, 1.0, AB1] n=[1.0, 2.0, 3.0]"),
        arguments("a,b,c\n1f,0x10,1_0\n2,3,4\n", "a=[1f, 2] b=[0x10, 3] c=[1_0, 4]"),
        arguments("a\n1e400\nx\n", "a=[1e400, x]"),
        arguments("a\n2020-01-01\n2020-01-02\n", "a=[2020-01-01, 2020-01-02]"),
        arguments("a\n-\n+\n", "a=[-, +]"),
        arguments("a\ntrue\nfalse\n", "a=[true, false]"),
        // missing cells
        arguments(
            "a,b\n1,x\n,\nNA,NA\nNaN,nan\nnull,NULL\n?,?\n",
            "a=[1.0, null, null, null, null, null] b=[x, null, null, null, null, null]"),
        arguments("a,b\n,1\n\"\",2\n", "a=[null, null] b=[1.0, 2.0]"),
        // without a header
        arguments("1,2\n3,4\n", "c1=[1.0, 3.0] c2=[2.0, 4.0]"),
        arguments("1,,3\n4,5,6\n", "c1=[1.0, 4.0] c2=[null, 5.0] c3=[3.0, 6.0]"),
        arguments("5.1,3.5,x\n4.9,3.0,y\n", "5.1=[4.9] 3.5=[3.0] x=[y]"));
  }

  @ParameterizedTest
  @MethodSource
  void reportsAllBadLines(String csv, List<String> errors) {
    assertThat(errors(csv, CsvOptions.NONE)).containsExactlyElementsOf(errors);
  }

  static Stream<Arguments> reportsAllBadLines() {
    return Stream.of(
        wrong("", "1: the file is empty"),
        wrong("\n\n", "1: the file is empty"),
        wrong("\uFEFF", "1: the file is empty"),
        wrong("a,b\n", "1: the file has a header but no rows"),
        wrong(
            "a,b\n1,2\n3\n4,5,6\n7,8\n9,\n1,2,3,4\n",
            "3: line 3 has 1 field, the header has 2",
            "4: line 4 has 3 fields, the header has 2",
            "7: line 7 has 4 fields, the header has 2"),
        wrong(
            "a,,a,b,\n1,2,3,4,5\n",
            "1: a column has no name (field 2 of the header)",
            "1: the header has the column 'a' twice",
            "1: a column has no name (field 5 of the header)"),
        wrong(
            "a,b\n1,1e400\n-1e39,2\n3,Infinity\n4,-inf\n",
            "2 b: 1e400 is beyond a 32-bit float, whose largest number is 3.4e38",
            "3 a: -1e39 is beyond a 32-bit float, whose largest number is 3.4e38",
            "4 b: Infinity is beyond a 32-bit float, whose largest number is 3.4e38",
            "5 b: -inf is beyond a 32-bit float, whose largest number is 3.4e38"),
        wrong("a,b\n\"x\ny\",2\n3\n", "4: line 4 has 1 field, the header has 2"),
        wrong(
            "a,b\n1,2\n1\n3,\"x\n5,6\n",
            "3: line 3 has 1 field, the header has 2",
            "4 b: a quoted field of the record that begins here is not closed; if quotes are part of"
                + " the texts send ?quote=none"),
        wrong(
            "a,b\n1,\"x\"y\n",
            "2 b: in the record that begins here text follows the closing quote of a field; a quote"
                + " within quotes is written twice, and if quotes are part of the texts send"
                + " ?quote=none"),
        wrong(
            "a\n" + "x".repeat(300_000) + "\n",
            "2 a: a field has more than 262144 characters; is a quote left open?"),
        wrong(
            "a\n" + "x".repeat(1001) + "\ny\n",
            "2 a: a text of 1001 characters; a category has at most 1000"),
        wrong(
            "a,b\n1,\u0000\n",
            "2: a NUL character: the file is not text, or its encoding is not utf-8"),
        wrong(
            "a\u0007b,c\n1,2\n",
            "1: a column name has control characters (field 1 of the header)"));
  }

  private static Arguments wrong(String csv, String... errors) {
    return arguments(csv, List.of(errors));
  }

  @Test
  void saysWhichTypeToSendWhenATextComesAfterTheSample() throws IOException {
    String numbers = "1\n".repeat(5000);
    assertThat(errors("zip\n" + numbers + "AB1\n2\nAB2\n", CsvOptions.NONE))
        .containsExactly(
            "5002 zip: 'AB1' is not a number, and the column looked like numbers until here; to"
                + " read it as categories send ?types=zip:category",
            "5004 zip: 'AB2' is not a number, and the column looked like numbers until here; to"
                + " read it as categories send ?types=zip:category");
    CsvOptions declared = options("zip:category");
    CategoryColumn column = (CategoryColumn) read("zip\n" + numbers + "AB1\n", declared).getFirst();
    assertThat(column.categories()).containsExactly("1", "AB1");
  }

  @Test
  void seesATextInTheLastRowOfTheSample() throws IOException {
    String numbers = "01\n".repeat(CsvTable.SAMPLE_ROWS - 1);
    CategoryColumn column =
        (CategoryColumn) read("zip\n" + numbers + "AB1\n02\n", CsvOptions.NONE).getFirst();
    assertThat(column.categories()).containsExactly("01", "02", "AB1");
  }

  @Test
  void decidesAColumnThatIsMissingInTheSampleByItsFirstCell() throws IOException {
    String rows = ",,1\n".repeat(2000);
    List<Column> columns = read("a,b,c\n" + rows + "7,x,2\n", CsvOptions.NONE);
    assertThat(columns.get(0)).isInstanceOf(NumberColumn.class);
    assertThat(columns.get(1)).isInstanceOf(CategoryColumn.class);
    assertThat(columns.get(0).missing()).isEqualTo(2000);
    assertThat(columns.get(1).missing()).isEqualTo(2000);
    assertThat(columns.get(0).rows()).isEqualTo(2001);
  }

  @Test
  void followsDeclaredTypes() throws IOException {
    assertThat(show(read("id,zip,n\n1,007,2\n2,1.0,3\n", options("zip:category,id:ignored"))))
        .isEqualTo("zip=[007, 1.0] n=[2.0, 3.0]");
  }

  @Test
  void reportsTextsInColumnsDeclaredAsNumbers() {
    assertThat(errors("a,b\nx,1\n2,y\n,z\n", options("a:number,b:number")))
        .containsExactly(
            "2 a: 'x' is not a number", "3 b: 'y' is not a number", "4 b: 'z' is not a number");
  }

  @Test
  void reportsTypesOfColumnsThatAreNotThere() {
    assertThat(errors("a,b\n1,2\n", options("c:number")))
        .containsExactly("#/types: query parameter types has 'c', which is no column of the file");
    assertThat(errors("a\n1\n", options("a:ignored")))
        .containsExactly(
            "#/types: query parameter types leaves no column: all of them are ignored");
  }

  @Test
  void takesTheDelimiterThatIsGiven() throws IOException {
    CsvOptions semicolon = new CsvOptions(null, ';', Map.of());
    assertThat(show(read("a,b;c\n1;2\n", semicolon))).isEqualTo("a,b=[1.0] c=[2.0]");
  }

  @Test
  void reportsAllThatIsWrongWithTheOptions() {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () -> CsvOptions.of("a/b", "x", "a:number,b,c:integer,a:category,:number"));
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
    assertThat(problem.errors())
        .extracting(InputError::pointer)
        .containsExactly("#/name", "#/delimiter", "#/types", "#/types", "#/types", "#/types");
    CsvOptions options = CsvOptions.of("my data-1.0", "tab", "a:b:number, c : ignored");
    assertThat(options.delimiter()).isEqualTo('\t');
    assertThat(options.types())
        .isEqualTo(Map.of("a:b", ColumnType.NUMBER, "c", ColumnType.IGNORED));
  }

  @Test
  void namesTheLineThatIsNotUtf8() {
    byte[] latin1 = "a,b\n1,x\n2,y\n3,caf\u00E9\n4,z\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(errors(latin1)).containsExactly("4: " + NOT_UTF_8);
    byte[] late =
        ("a,b\n" + "1,x\n".repeat(100_000) + "1,\u00E9\n").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(errors(late)).containsExactly("100002: " + NOT_UTF_8);
  }

  @Test
  void readsTheSameFromAStreamOfSingleBytes() throws IOException {
    String csv = "\uFEFFä,b\n" + "1,日本 𝛿\n".repeat(3);
    InputStream single =
        new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(1, length));
          }
        };
    List<Column> columns =
        new CsvDatasetReader(DatasetProperties.defaults())
            .read(single, CsvOptions.NONE)
            .table()
            .columns();
    assertThat(show(columns)).isEqualTo("ä=[1.0, 1.0, 1.0] b=[日本 𝛿, 日本 𝛿, 日本 𝛿]");
  }

  @Test
  void readsManyRowsAndWideRows() throws IOException {
    String header = IntStream.range(0, 700).mapToObj(i -> "p" + i).collect(Collectors.joining(","));
    String row =
        IntStream.range(0, 700).mapToObj(Integer::toString).collect(Collectors.joining(","));
    List<Column> columns = read(header + "\n" + (row + "\n").repeat(2000), CsvOptions.NONE);
    assertThat(columns).hasSize(700);
    NumberColumn last = (NumberColumn) columns.getLast();
    assertThat(last.rows()).isEqualTo(2000);
    assertThat(last.min()).isEqualTo(699);
    assertThat(last.max()).isEqualTo(699);
  }

  @ParameterizedTest
  @MethodSource
  void stopsAtEachLimit(String csv, ProblemType type, String detail) {
    DatasetProperties limits =
        new DatasetProperties(3, 4, 8, 2, DataSize.ofBytes(64), new MemoryLimit(24), 100);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> new CsvDatasetReader(limits).read(stream(csv), CsvOptions.NONE))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(type))
        .withMessage(detail);
  }

  static Stream<Arguments> stopsAtEachLimit() {
    return Stream.of(
        arguments(
            "a\n1\n2\n3\n4\n",
            ProblemType.LIMIT_EXCEEDED,
            "In line 5 the file has more than 3 rows, the limit of backprop.datasets.max-rows."),
        arguments(
            "a,b,c,d,e\n1,2,3,4,5\n",
            ProblemType.LIMIT_EXCEEDED,
            "In line 1 the file has more than 4 columns, the limit of"
                + " backprop.datasets.max-columns."),
        arguments(
            "a,b,c,d\n1,2,3,4\n1,2,3,4\n1,2,3,4\n",
            ProblemType.INSUFFICIENT_STORAGE,
            "In line 3 the data no longer fits into the 24 bytes of"
                + " backprop.datasets.max-memory."),
        arguments(
            "a\nx\ny\nz\n",
            ProblemType.INVALID_DATA,
            "the column has more than 2 different texts, the limit of"
                + " backprop.datasets.max-categories; to leave the column out send"
                + " ?types=a:ignored"),
        arguments(
            "a\n" + "1".repeat(100),
            ProblemType.PAYLOAD_TOO_LARGE,
            "The file is larger than 64 bytes, the limit of backprop.datasets.max-upload."));
  }

  @Test
  void stopsAtTheLimitOfCells() {
    DatasetProperties limits =
        new DatasetProperties(9, 9, 8, 2, DataSize.ofBytes(64), new MemoryLimit(1000), 100);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () ->
                new CsvDatasetReader(limits)
                    .read(stream("a,b,c\n1,2,3\n1,2,3\n1,2,3\n"), CsvOptions.NONE))
        .withMessage(
            "In line 4 the file has more than 8 cells, the limit of backprop.datasets.max-cells.");
  }

  @Test
  void reportsAtMostTheLimitOfErrorsAndCountsTheOthers() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read("a,b\n" + "1\n".repeat(1000), CsvOptions.NONE))
        .withMessageContaining("1000 errors")
        .satisfies(problem -> assertThat(problem.errors()).hasSize(InputErrors.LIMIT));
  }

  @ParameterizedTest
  @CsvSource({
    "refuse, '2 errors, each with its place; to leave out the bad rows send ?onBadRows=skip'",
    "skip, 'none of the 2 rows can be taken: 2 errors, each with its place'"
  })
  void saysWhetherBadRowsCanBeLeftOut(String onBadRows, String detail) {
    String good = onBadRows.equals("skip") ? "" : "1,2\n";
    CsvOptions options =
        new FileParameters(null, null, null, null, null, null, null, onBadRows)
            .toOptions(FileFormat.CSV, null);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read("a,b\n" + good + "1\n2\n", options))
        .withMessage(detail);
  }

  @Test
  void leavesNoTraceOfBadRows() throws IOException {
    CsvOptions skip =
        new FileParameters(null, "b:number", null, null, null, null, null, "skip")
            .toOptions(FileFormat.CSV, null);
    String missing = ",,1\n".repeat(CsvTable.SAMPLE_ROWS);
    List<Column> columns =
        read("k,open,b\n" + missing + "ghost,1,x\n" + "a,text,2\n" + "ghost,2,y\n", skip);
    CategoryColumn categories = (CategoryColumn) columns.getFirst();
    assertThat(categories.categories()).containsExactly("a");
    assertThat(categories.rows()).isEqualTo(CsvTable.SAMPLE_ROWS + 1);
    // settled by the number of a bad row, it would refuse the text
    assertThat(((CategoryColumn) columns.get(1)).categories()).containsExactly("text");
    assertThat(((NumberColumn) columns.get(2)).max()).isEqualTo(2);
  }

  @Test
  void leavesNoColumnOutForABadRow() throws IOException {
    CsvOptions skip =
        new FileParameters(null, "b:number", null, null, null, null, null, "skip")
            .toOptions(FileFormat.CSV, null);
    String rows = "a,1,yes\nb,2,no\n".repeat(CsvTable.SAMPLE_ROWS);
    String free = "x".repeat(ColumnBuilder.MAX_TEXT + 1);
    List<Column> columns = read("note,b,y\n" + rows + free + ",bad,no\n" + rows, skip);
    CategoryColumn note = (CategoryColumn) columns.getFirst();
    assertThat(note.name()).isEqualTo("note");
    assertThat(note.categories()).containsExactly("a", "b");
    assertThat(note.rows()).isEqualTo(4 * CsvTable.SAMPLE_ROWS);
  }

  @Test
  void takesOutCellsAcrossChunks() throws IOException {
    CsvOptions skip =
        new FileParameters(null, "a:number", null, null, null, null, null, "skip")
            .toOptions(FileFormat.CSV, null);
    StringBuilder csv = new StringBuilder("n,a\n");
    for (int i = 0; i < 200; i++) {
      csv.append(i).append(",1\n").append(-i).append(",x\n");
    }
    NumberColumn column = (NumberColumn) read(csv.toString(), skip).getFirst();
    assertThat(IntStream.range(0, 200).mapToObj(column::value))
        .containsExactlyElementsOf(IntStream.range(0, 200).mapToObj(i -> (float) i).toList());
    assertThat(column.rows()).isEqualTo(200);
  }

  @Test
  void passesOnAStreamThatFails() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            throw new IOException("connection reset");
          }
        };
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> new CsvDatasetReader(DatasetProperties.defaults()).read(broken, CsvOptions.NONE))
        .withMessage("connection reset");
  }

  private static CsvOptions options(String types) {
    return CsvOptions.of(null, null, types);
  }

  private static List<Column> read(String csv, CsvOptions options) throws IOException {
    return new CsvDatasetReader(DatasetProperties.defaults())
        .read(stream(csv), options)
        .table()
        .columns();
  }

  private static InputStream stream(String csv) {
    return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> errors(String csv, CsvOptions options) {
    return show(catchThrowableOfType(ProblemException.class, () -> read(csv, options)));
  }

  private static List<String> errors(byte[] csv) {
    CsvDatasetReader reader = new CsvDatasetReader(DatasetProperties.defaults());
    return show(
        catchThrowableOfType(
            ProblemException.class,
            () -> reader.read(new ByteArrayInputStream(csv), CsvOptions.NONE)));
  }

  private static List<String> show(@Nullable ProblemException problem) {
    assertThat(problem).as("the problem").isNotNull();
    if (problem == null) {
      return List.of();
    }
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_DATA);
    return problem.errors().stream()
        .map(
            error ->
                (error.pointer() == null ? String.valueOf(error.line()) : error.pointer())
                    + (error.column() == null ? "" : " " + error.column())
                    + ": "
                    + error.detail())
        .toList();
  }

  private static String show(List<Column> columns) {
    return columns.stream().map(CsvDatasetReaderTests::show).collect(Collectors.joining(" "));
  }

  private static String show(Column column) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (int row = 0; row < column.rows(); row++) {
      cells.add(
          column.isMissing(row)
              ? null
              : switch (column) {
                case NumberColumn numbers -> numbers.format().json(numbers.value(row));
                case CategoryColumn categories -> categories.categories().get(categories.code(row));
              });
    }
    return column.name() + "=" + cells;
  }
}
