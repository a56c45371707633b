package dev.backprop.dataset.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.ColumnType;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.IgnoredColumn;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/// Files by `golden/parquet.py`, and what is left of them when they are damaged.
class ParquetDatasetReaderTests {

  private static final DatasetProperties LIMITS = DatasetProperties.defaults();

  private static final String EVERY_TYPE =
      """
      boolean flag [true, null, false]
      number tiny [-128.0, 127.0, null]
      number small [null, 65535.0, 0.0]
      number int [1.0, -2.0, null]
      number unsigned [4.2949673E9, 0.0, null]
      number long [1.0, null, -1.0995116E12]
      number unsigned_long [9.223372E18, null, 1.0]
      number float [0.5, null, null]
      number double [null, 0.1, 1.0E30]
      number price [12.34, null, -0.01]
      number large_price [1.0E20, null, -5.0]
      date day [2026-11-25, null, 1969-12-31]
      date seconds [2026-11-25T12:00:00Z, null, 2026-11-25T12:00:00Z]
      date millis [2026-11-25T12:00:00Z, null, 2026-11-25T12:00:00Z]
      date micros [2026-11-25T12:00:00Z, null, 2026-11-25T12:00:00Z]
      date nanos [2026-11-25T12:00:00Z, null, 2026-11-25T12:00:00Z]
      number nothing [null, null, null]
      category text [größer, null, kleiner]
      category kind [b, a, b]""";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "dictionary",
        "gzip",
        "snappy",
        "version2",
        "index",
        "groups",
        "checksums"
      })
  void readsEveryType(String name) throws IOException {
    assertThat(Tables.show(read(ParquetFiles.file(name), null)))
        .isEqualTo(EVERY_TYPE.replace('\n', ' '));
  }

  @Test
  void readsSplitBytesAndMissingColumns() throws IOException {
    assertThat(Tables.show(read(ParquetFiles.file("split"), null)))
        .isEqualTo("number x [0.5, 1.5] number y [1.0, 2.0]");
    assertThat(Tables.show(read(ParquetFiles.file("missing_column"), null)))
        .isEqualTo("number x [null, null, null] number y [1.0, 2.0, 3.0]");
  }

  @Test
  void obeysDeclaredTypes() throws IOException {
    Table table =
        read(
            ParquetFiles.file("plain"),
            "int:category,price:category,flag:number,day:category,text:ignored");
    assertThat(table.columns().stream().map(Tables::show))
        .contains(
            "number flag [1.0, null, 0.0]",
            "category int [1, -2, null]",
            "category price [12.34, null, -0.01]",
            "category day [2026-11-25, null, 1969-12-31]");
    assertThat(table.ignored()).containsExactly(new IgnoredColumn("text", 17, Table.AS_ASKED));
  }

  @Test
  void leavesOutIdsButNotTheLastColumn() throws IOException {
    Table table = read(ParquetFiles.file("mixed"), null);
    assertThat(table.ignored()).extracting(IgnoredColumn::name).containsExactly("id");
    assertThat(table.columns())
        .extracting(Column::type)
        .containsExactly(
            ColumnType.DATE,
            ColumnType.BOOLEAN,
            ColumnType.CATEGORY,
            ColumnType.NUMBER,
            ColumnType.BOOLEAN);
    assertThat(table.columns()).allMatch(column -> column.rows() == 400 && column.missing() == 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          zstd   | flag: the column is compressed with zstd; gzip and snappy are unpacked, so write the file with one of them or without compression
          delta  | : the file cannot be read as Parquet: column 'x' is encoded as DELTA_BINARY_PACKED, which is not read; write the file with plain or dictionary encoding
          empty  | : the file has no rows
          infinite | x: row 1 (counted from 0): 1.0E300 is beyond a 32-bit float, whose largest number is 3.4e38
          """)
  void saysWhatItDoesNotRead(String name, String error) {
    assertThat(errors(ParquetFiles.file(name), null).lines().findFirst()).contains(error);
  }

  @Test
  void refusesColumnsThatAreNoneUnlessTheyAreIgnored() throws IOException {
    assertThat(errors(ParquetFiles.file("nested"), null).lines())
        .containsExactly(
            "list: the column is nested, which makes no cells of a table; to leave it out send ?types=list:ignored",
            "struct: the column is nested, which makes no cells of a table; to leave it out send ?types=struct:ignored",
            "time: the column is of the type TIME(MILLIS, local) in INT32, which makes no cells of a table; to leave it out send ?types=time:ignored",
            "bytes: the column is of the type BYTE_ARRAY, which makes no cells of a table; to leave it out send ?types=bytes:ignored");
    assertThat(
            Tables.show(
                read(
                    ParquetFiles.file("nested"),
                    "list:ignored,struct:ignored,time:ignored,bytes:ignored")))
        .isEqualTo("number x [1.0, 2.0] number y [1.0, 2.0]");
    assertThat(errors(ParquetFiles.file("mixed"), "colour:category,amount:boolean").lines())
        .containsExactly(
            "#/types: query parameter types has 'colour', which is no column of the file");
    assertThat(errors(ParquetFiles.file("mixed"), "amount:boolean").lines())
        .contains("amount: row 1 (counted from 0): the number 3.7 in a column of booleans");
  }

  @Test
  void keepsToTheLimits() {
    assertThat(exceeded("mixed", limits(399, 6, 10_000, 1 << 20))).contains("max-rows");
    assertThat(exceeded("mixed", limits(400, 5, 10_000, 1 << 20))).contains("max-columns");
    assertThat(exceeded("mixed", limits(400, 6, 2399, 1 << 20))).contains("max-cells");
    assertThat(exceeded("mixed", limits(400, 6, 2400, 1000))).contains("max-upload");
  }

  private static DatasetProperties limits(int rows, int columns, long cells, long bytes) {
    return new DatasetProperties(
        rows, columns, cells, 10_000, DataSize.ofBytes(bytes), LIMITS.maxMemory(), 100);
  }

  private static String exceeded(String name, DatasetProperties limits) {
    return catchThrowableOfType(
            ProblemException.class,
            () ->
                new ParquetDatasetReader(limits)
                    .read(new ByteArrayInputStream(ParquetFiles.file(name)), CsvOptions.NONE))
        .detail();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x            | it has 1 bytes only
          x,y;1,2;3,4; | it does not begin with PAR1
          PAR1x,y;1,2; | it does not end with PAR1; is it cut off?
          PAREx,y;PAR1 | it is encrypted; write it without encryption
          PAR1xxxxPAR1 | its metadata is damaged
          """)
  void saysWhatIsNoParquet(String text, String reason) {
    byte[] file = text.replace(';', '\n').getBytes(StandardCharsets.UTF_8);
    assertThat(errors(file, null)).isEqualTo(": the file cannot be read as Parquet: " + reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dictionary", "snappy", "version2", "index", "mixed"})
  void answersDamagedFilesWithAProblem(String name) throws IOException {
    byte[] whole = ParquetFiles.file(name);
    SplitMix64 random = new SplitMix64(7);
    int refused = 0;
    for (int i = 0; i < 50; i++) {
      byte[] damaged = whole.clone();
      for (int times = 1 + i % 3; times > 0; times--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      refused += isRefused(damaged) ? 1 : 0;
      assertThat(isRefused(Arrays.copyOf(whole, random.nextInt(whole.length)))).isTrue();
    }
    assertThat(refused).isGreaterThan(12); // the others have another value, or a bit unread
  }

  private static boolean isRefused(byte[] file) throws IOException {
    try {
      read(file, null);
      return false;
    } catch (ProblemException e) {
      assertThat(e.type()).isIn(ProblemType.INVALID_DATA, ProblemType.LIMIT_EXCEEDED);
      return true;
    }
  }

  /// A text of 2³¹ − 1 bytes, and a list of as many structs, that the file does not have.
  @ParameterizedTest
  @ValueSource(
      strings = {"18ffffffff07", "19fcffffffff07", "19fcff01", "1c1c1c1c1c1c1c1c1c1c1c1c1c"})
  void reservesNothingForWhatIsNotThere(String metadata) {
    byte[] footer = HexFormat.of().parseHex(metadata);
    ByteBuffer file = ByteBuffer.allocate(footer.length + 12).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
    file.put(magic).put(footer).putInt(footer.length).put(magic);
    assertThat(errors(file.array(), null)).startsWith(": the file cannot be read as Parquet: it");
  }

  /// The packed data say that they become more than the header of their page does.
  @Test
  void unpacksSnappyIntoNoMoreThanThereIsRoomFor() {
    byte[] file = ParquetFiles.file("snappy");
    byte[] page = HexFormat.of().parseHex("0718020000000305");
    int at =
        IntStream.range(0, file.length - page.length)
            .filter(i -> Arrays.equals(file, i, i + page.length, page, 0, page.length))
            .findFirst()
            .orElseThrow();
    file[at] = 127;
    assertThat(errors(file, null)).isEqualTo(": the file cannot be read as Parquet: it is damaged");
  }

  @Test
  void leavesNoTemporaryFileBehind() throws IOException {
    long before = temporaryFiles();
    read(ParquetFiles.file("plain"), null);
    errors(ParquetFiles.file("nested"), null);
    errors(new byte[100], null);
    assertThat(temporaryFiles()).isEqualTo(before);
  }

  private static long temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  private static Table read(byte[] file, @Nullable String types) throws IOException {
    return new ParquetDatasetReader(LIMITS)
        .read(new ByteArrayInputStream(file), CsvOptions.of(null, null, types));
  }

  private static String errors(byte[] file, @Nullable String types) {
    return Tables.errors(catchThrowableOfType(ProblemException.class, () -> read(file, types)));
  }
}
