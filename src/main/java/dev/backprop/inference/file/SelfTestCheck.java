package dev.backprop.inference.file;

import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.inference.Predictor;
import dev.backprop.inference.RawRows;
import dev.backprop.model.Model;
import dev.backprop.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Compares what a model says of the rows of its file with what the file says.
final class SelfTestCheck {

  /// More rows than that prove no more.
  private static final int MOST_ROWS = 100;

  /// Of a number, or of 1 where it is less: another machine adds in another order.
  private static final double TOLERANCE = 1e-5;

  private SelfTestCheck() {}

  /// @throws ProblemException [ProblemType#INVALID_MODEL] if one differs
  static void check(Model model, SelfTest test, Predictor predictor) {
    RawRows rows = Objects.requireNonNull(test.rows());
    List<float @Nullable []> expected = Objects.requireNonNull(test.outputs());
    if (rows.size() < 1 || rows.size() > MOST_ROWS || rows.size() != expected.size()) {
      throw InvalidModelFile.because(
          "%s: it has %d rows and outputs for %d; from 1 to %d and as many outputs are needed"
              .formatted(SelfTest.NAME, rows.size(), expected.size(), MOST_ROWS));
    }
    List<float @Nullable []> actual = SelfTest.outputs(model, rows, predictor);
    for (int row = 0; row < expected.size(); row++) {
      if (!agree(model.preprocessor().target(), expected.get(row), actual.get(row))) {
        throw InvalidModelFile.because(
            "%s: the model does not give the outputs of row %d (counted from 0)"
                .formatted(SelfTest.NAME, row));
      }
    }
  }

  private static boolean agree(
      TargetEncoder target, float @Nullable [] expected, float @Nullable [] actual) {
    if (expected == null || actual == null) {
      return expected == null && actual == null;
    }
    if (expected.length != actual.length) {
      return false;
    }
    for (int i = 0; i < actual.length; i++) {
      double scale = Math.max(Math.abs(expected[i]), size(target, i));
      if (!(Math.abs((double) expected[i] - actual[i]) <= TOLERANCE * scale)) {
        return false;
      }
    }
    return true;
  }

  /// The size of an output of 1, and of what is added to it, in the units of the target.
  private static double size(TargetEncoder target, int output) {
    if (target instanceof TargetEncoder.Values values) {
      Scaler scaler = values.scalers().get(output);
      return Math.max(Math.abs(scaler.offset()), scaler.scale());
    }
    return 1;
  }
}
