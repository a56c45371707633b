package dev.backprop.bench.learning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// Rows to learn from and rows held out.
///
/// @param classes how many, 0 for a number to predict
record Rows(List<Row> training, List<Row> heldOut, int classes) {

  /// A row.
  ///
  /// @param inputs as decimal numbers
  /// @param target a number, or the number of a class from 0 on
  record Row(List<String> inputs, String target) {

    String csv() {
      return String.join(",", inputs) + "," + target;
    }
  }

  /// Writes rows for the peers, without a header.
  static Path write(List<Row> rows, Path file) {
    try {
      return Files.write(file, rows.stream().map(Row::csv).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The training rows with a header, for the server.
  String trainingCsv() {
    int inputs = training.getFirst().inputs().size();
    StringBuilder csv = new StringBuilder();
    IntStream.rangeClosed(1, inputs).forEach(i -> csv.append('x').append(i).append(','));
    csv.append("y\n");
    training.forEach(row -> csv.append(row.csv()).append('\n'));
    return csv.toString();
  }
}
