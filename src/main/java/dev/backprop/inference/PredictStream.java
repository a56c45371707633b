package dev.backprop.inference;

import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Scores rows while more of them come and writes the predictions while more are scored. What it
/// keeps is a slice, however many rows there are.
final class PredictStream {

  /// Characters of a slice's texts, about: few long rows are enough for one.
  private static final int CHARACTERS = 1 << 20;

  private final RowScorer scorer;
  private final RawRows rows;
  private final Supplier<PredictionWriter> writer;
  private @Nullable PredictionWriter begun;

  /// @param rows take what is read
  /// @param writer begins the answer; after that nothing can be refused as a whole
  PredictStream(RowScorer scorer, RawRows rows, Supplier<PredictionWriter> writer) {
    this.scorer = scorer;
    this.rows = rows;
    this.writer = writer;
  }

  /// Reads to the end.
  ///
  /// @throws ProblemException where the rows cannot be read and nothing was written yet; later it
  ///   is the last of the predictions
  void run(RowSource source) throws IOException {
    try {
      while (source.read()) {
        if (rows.size() == scorer.slice() || rows.characters() > CHARACTERS) {
          score();
        }
      }
    } catch (ProblemException e) {
      if (begun == null) {
        throw e;
      }
      score();
      begun.write(Prediction.refused(e.detail() + "; nothing after it was read"));
    }
    score();
    if (begun == null) {
      throw new ProblemException(ProblemType.INVALID_DATA, "there are no rows");
    }
    begun.end();
  }

  /// Sends the predictions for all rows so far.
  void catchUp() throws IOException {
    if (rows.isBetweenRows() && rows.size() > 0) {
      score();
    }
    if (begun != null) {
      begun.flush();
    }
  }

  private void score() throws IOException {
    if (rows.size() == 0) {
      return;
    }
    PredictionWriter out = begun == null ? writer.get() : begun;
    begun = out;
    for (int from = 0; from < rows.size(); from += scorer.slice()) {
      List<Prediction> predictions = scorer.score(rows, from);
      for (Prediction prediction : predictions) {
        out.write(prediction);
      }
    }
    rows.clear();
  }
}
