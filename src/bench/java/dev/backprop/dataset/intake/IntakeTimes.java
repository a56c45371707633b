package dev.backprop.dataset.intake;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import com.sun.management.ThreadMXBean;
import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.DatasetProperties;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Reads 100 MB of CSV beside a bare loop of FastCSV that parses the same floats and keeps none, by
/// turns, and prints the CPU seconds of each, and the memory that reading takes.
final class IntakeTimes {

  private static final int COLUMNS = 785;
  private static final int BYTES = 100_000_000;
  private static final int ROUNDS = 7;
  private static final Duration GAP = Duration.ofMillis(20);

  private IntakeTimes() {}

  /// Takes the name of a file to write the CSV to, for `src/bench/python/intake.py`, or nothing.
  public static void main(String... arguments) throws InterruptedException, IOException {
    byte[] csv = csv();
    if (arguments.length > 0 && arguments[0].endsWith(".csv")) {
      Files.write(Path.of(arguments[0]), csv);
    }
    double bare = Double.MAX_VALUE;
    double ours = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      bare = Math.min(bare, cpuSeconds(() -> readBare(csv)));
      ours = Math.min(ours, cpuSeconds(() -> read(csv)));
    }
    print(
        "%d MB: bare %.3f s, ours %.3f s, ratio %.2f"
            .formatted(csv.length / 1_000_000, bare, ours, ours / bare));
    long data = 4L * read(csv).stream().mapToLong(Column::rows).sum();
    long peak = peakBytes(csv);
    print(
        "data %d MB, peak of live bytes %d MB, ratio %.2f"
            .formatted(data >> 20, peak >> 20, (double) peak / data));
  }

  /// Rows of numbers of two to nine characters, as pixels and measurements are written.
  private static byte[] csv() {
    SplitMix64 random = new SplitMix64(42);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES + (1 << 14));
    bytes.writeBytes(
        (IntStream.range(0, COLUMNS).mapToObj(i -> "p" + i).collect(Collectors.joining(",")) + "\n")
            .getBytes(StandardCharsets.UTF_8));
    StringBuilder row = new StringBuilder();
    while (bytes.size() < BYTES) {
      row.setLength(0);
      for (int i = 0; i < COLUMNS; i++) {
        long bits = random.nextLong();
        row.append(i == 0 ? "" : ",");
        if (i % 2 == 0) {
          row.append(bits & 255);
        } else {
          row.append((int) (bits % 1_000_000) / 1e5f);
        }
      }
      bytes.writeBytes(row.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static List<Column> read(byte[] csv) {
    try {
      return new CsvDatasetReader(DatasetProperties.defaults())
          .read(new ByteArrayInputStream(csv), CsvOptions.NONE)
          .table()
          .columns();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void readBare(byte[] csv) {
    Sum sum = new Sum();
    try (CsvReader<Sum> reader =
        CsvReader.builder()
            .build(
                sum,
                new InputStreamReader(new ByteArrayInputStream(csv), StandardCharsets.UTF_8))) {
      reader.forEach(_ -> {});
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    if (Double.isNaN(sum.total)) {
      throw new IllegalStateException("no sum");
    }
  }

  private static double cpuSeconds(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    work.run();
    return (threads.getCurrentThreadCpuTime() - before) / 1e9;
  }

  /// What reading adds to the live bytes, at most, seen by one collection after another.
  private static long peakBytes(byte[] csv) throws InterruptedException {
    List<Column> kept = new ArrayList<>();
    long before = liveBytes();
    long peak = 0;
    Thread reader = Thread.ofPlatform().start(() -> kept.addAll(read(csv)));
    while (!reader.join(GAP)) {
      peak = Math.max(peak, liveBytes() - before);
    }
    return Math.max(peak, liveBytes() - before);
  }

  private static long liveBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void print(String line) {
    System.out.println(line);
  }

  /// Adds up all fields that come after the header.
  private static final class Sum extends AbstractBaseCsvCallbackHandler<Sum> {

    private double total;
    private boolean headerRead;

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
      if (headerRead) {
        total += JavaFloatParser.parseFloat(buffer, offset, length);
      }
    }

    @Override
    protected Sum buildRecord() {
      headerRead = true;
      return this;
    }
  }
}
