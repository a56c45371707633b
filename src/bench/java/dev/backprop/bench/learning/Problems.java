package dev.backprop.bench.learning;

import dev.backprop.core.linalg.SplitMix64;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// The problems of the table.
final class Problems {

  private static final int HELD_OUT = 2000;
  private static final double NOISE = 0.3;

  private Problems() {}

  /// Those whose rows come from generators, and, where a folder with data is given, those of
  /// images.
  ///
  /// @param data null, or a folder with `digits.csv` and the images of `mnist-10k`
  static List<Problem> all(Path data) {
    return List.of(
        new Problem(
            "spirals",
            new Problem.Goal.Accuracy(0.99),
            generated("spirals", 1000, 0.1, 2),
            List.of(32, 32),
            "relu",
            0.005,
            32,
            200,
            true),
        new Problem(
            "circles",
            new Problem.Goal.Accuracy(0.99),
            generated("circles", 1000, 0.1, 2),
            List.of(16),
            "tanh",
            0.01,
            32,
            40,
            true),
        new Problem(
            "moons",
            new Problem.Goal.Accuracy(0.99),
            generated("moons", 1000, 0.1, 2),
            List.of(32),
            "relu",
            0.01,
            32,
            100,
            true),
        new Problem(
            "waves",
            new Problem.Goal.Rmse(NOISE),
            generated("waves", 8000, NOISE, 0),
            List.of(32, 32),
            "relu",
            0.005,
            64,
            40,
            true),
        new Problem(
            "digits",
            new Problem.Goal.Accuracy(0.975),
            (_, seed) -> split(shuffled(digits(data.resolve("digits.csv")), seed)),
            List.of(64),
            "relu",
            0.002,
            32,
            60,
            false),
        new Problem(
            "mnist-10k",
            new Problem.Goal.Accuracy(0.96),
            (_, _) -> split(images(data.resolve("mnist-10k"))),
            List.of(512),
            "relu",
            0.001,
            64,
            20,
            false));
  }

  private static Problem.DataSource generated(String type, int rows, double noise, int classes) {
    return (server, seed) ->
        new Rows(
            server.generate(type, rows, noise, seed),
            server.generate(type, HELD_OUT, noise, 1000 + seed),
            classes);
  }

  /// 8 × 8 pixels from 0 to 16, then the digit.
  private static List<Rows.Row> digits(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .skip(1)
          .map(line -> line.split(",", -1))
          .map(
              cells ->
                  new Rows.Row(
                      Arrays.stream(cells, 0, cells.length - 1)
                          .map(cell -> Float.toString(Float.parseFloat(cell) / 16))
                          .toList(),
                      cells[cells.length - 1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// 28 × 28 pixels from 0 to 255, from MNIST's test set of 10,000.
  private static List<Rows.Row> images(Path folder) {
    try (DataInputStream images = open(folder.resolve("t10k-images-idx3-ubyte.gz"));
        DataInputStream labels = open(folder.resolve("t10k-labels-idx1-ubyte.gz"))) {
      images.skipNBytes(4);
      labels.skipNBytes(8);
      int count = images.readInt();
      byte[] pixels = new byte[images.readInt() * images.readInt()];
      List<Rows.Row> rows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        images.readFully(pixels);
        List<String> inputs = new ArrayList<>();
        for (byte pixel : pixels) {
          inputs.add(pixel == 0 ? "0" : Float.toString((pixel & 0xff) / 255f));
        }
        rows.add(new Rows.Row(inputs, Integer.toString(labels.readUnsignedByte())));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16));
  }

  private static List<Rows.Row> shuffled(List<Rows.Row> rows, int seed) {
    List<Rows.Row> shuffled = new ArrayList<>(rows);
    SplitMix64 random = new SplitMix64(seed);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, random.nextInt(i + 1));
    }
    return shuffled;
  }

  /// The last fifth held out.
  private static Rows split(List<Rows.Row> rows) {
    int training = rows.size() * 4 / 5;
    return new Rows(rows.subList(0, training), rows.subList(training, rows.size()), 10);
  }
}
