package dev.backprop.bench.learning;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// scikit-learn and PyTorch, in a process of Python.
final class Peers implements AutoCloseable {

  private final Process process;
  private final BufferedWriter runs;
  private final BufferedReader scores;
  private final JsonMapper json = JsonMapper.shared();

  Peers(String python) {
    ProcessBuilder builder = new ProcessBuilder(python, "src/bench/python/peer_learning.py");
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OPENBLAS_NUM_THREADS", "1");
    try {
      process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    runs = process.outputWriter();
    scores = process.inputReader();
  }

  /// Trains on the same rows.
  ///
  /// @return a score for each of `scikit-learn` and `PyTorch`
  JsonNode scores(Problem problem, Rows rows, int seed, Path folder) {
    try {
      runs.write(
          json.writeValueAsString(
              Map.of(
                  "train", Rows.write(rows.training(), folder.resolve("train.csv")).toString(),
                  "test", Rows.write(rows.heldOut(), folder.resolve("test.csv")).toString(),
                  "classes", rows.classes(),
                  "hidden", problem.hidden(),
                  "activation", problem.activation(),
                  "learningRate", problem.learningRate(),
                  "batchSize", problem.batchSize(),
                  "epochs", problem.epochs(),
                  "standardize", problem.standardize(),
                  "seed", seed)));
      runs.newLine();
      runs.flush();
      String line = scores.readLine();
      if (line == null) {
        throw new IllegalStateException("the peers have ended, see above");
      }
      return json.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
