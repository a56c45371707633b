package dev.backprop.job;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.train.Examples;
import java.util.stream.IntStream;

/// Some rows of a job that stand for all, taken at even distances.
final class SampleRows {

  private final PreparedJob job;

  SampleRows(PreparedJob job) {
    this.job = job;
  }

  int trainingRows() {
    return job.split().trainingRows().length;
  }

  int validationRows() {
    return job.split().validationRows().length;
  }

  /// @param most of them, at least 1
  Examples training(int most) {
    return encode(job.split().trainingRows(), most);
  }

  /// @param most of them, at least 1
  Examples validation(int most) {
    return encode(job.split().validationRows(), most);
  }

  private Examples encode(int[] rows, int most) {
    int count = Math.min(rows.length, most);
    int[] chosen =
        IntStream.range(0, count).map(i -> rows[(int) ((long) i * rows.length / count)]).toArray();
    Matrix x = job.preprocessor().encodeFeatures(job.dataset(), chosen);
    Matrix y = job.preprocessor().encodeTargets(job.dataset(), chosen);
    return new Examples(x, y, job.weights().scaled(chosen));
  }
}
