package dev.backprop.dataset.intake;

import dev.backprop.dataset.RejectedRows;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is wrong with a file: with rows, which can be left out, and with the rest, which cannot.
final class FileErrors {

  /// As many errors of rows that were left out are kept with a data set.
  static final int KEPT = 20;

  /// With more bad rows than this, reading on would help nobody.
  static final int MOST_BAD_ROWS = 10_000;

  private final boolean skip;
  private final InputErrors all = new InputErrors();
  private final List<InputError> first = new ArrayList<>(0);
  private boolean inFile;
  private boolean inRow;
  private long badRows;
  private long rows;

  /// @param skip whether rows may be left out
  FileErrors(boolean skip) {
    this.skip = skip;
  }

  /// Adds an error that makes the present row a bad one.
  ///
  /// @param detail of the error, asked for only while errors are kept
  void addToRow(long line, @Nullable String column, Supplier<String> detail) {
    inRow = true;
    if (first.size() < KEPT) {
      InputError error = InputError.inLine(line, column, detail.get());
      first.add(error);
      all.add(error);
    } else {
      all.add(() -> InputError.inLine(line, column, detail.get()));
    }
  }

  /// Adds an error that makes the whole file useless.
  void addToFile(InputError error) {
    all.add(error);
    inFile = true;
  }

  /// Whether there is an error that makes the whole file useless.
  boolean inFile() {
    return inFile;
  }

  /// Whether the present row is a bad one.
  boolean inRow() {
    return inRow;
  }

  /// Ends the present row.
  ///
  /// @throws ProblemException if so many are bad that the rest is not worth reading: any
  ///   [#MOST_BAD_ROWS], or where bad rows may be left out, more than half of all
  void endRow() {
    rows++;
    if (inRow) {
      inRow = false;
      badRows++;
      if (badRows > MOST_BAD_ROWS && (!skip || 2 * badRows > rows)) {
        ProblemException problem = all.toProblem(ProblemType.INVALID_DATA);
        throw new ProblemException(
            problem.type(),
            "%d of the first %d rows are bad, the rest was not read: %s"
                .formatted(badRows, rows, problem.detail()),
            problem.errors());
      }
    }
  }

  long badRows() {
    return badRows;
  }

  /// Ends the reading of a file.
  ///
  /// @param rows how many good ones there are
  /// @return the rows that are left out, null if none is
  /// @throws ProblemException with all errors, if the file cannot be taken
  @Nullable RejectedRows settle(long rows) {
    if (all.isEmpty()) {
      return null;
    }
    boolean useful = !inFile && rows > 0;
    if (skip && useful) {
      return new RejectedRows(badRows, first);
    }
    ProblemException problem = all.toProblem(ProblemType.INVALID_DATA);
    String detail = problem.detail();
    if (useful) {
      detail += "; to leave out the bad rows send ?onBadRows=skip";
    } else if (skip && !inFile) {
      detail = "none of the %d rows can be taken: %s".formatted(badRows, detail);
    }
    throw new ProblemException(problem.type(), detail, problem.errors());
  }
}
