package dev.backprop.dataset.intake;

import dev.backprop.dataset.RejectedRows;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wrong with a file: with rows, which can be left out, and with the rest, which cannot.
final class FileErrors {

  /// As many errors of rows that were left out are kept with a data set.
  static final int KEPT = 20;

  private final InputErrors all = new InputErrors();
  private final List<InputError> first = new ArrayList<>(0);
  private boolean inFile;
  private boolean inRow;
  private long badRows;

  /// Adds an error that makes the present row a bad one.
  void addToRow(InputError error) {
    all.add(error);
    inRow = true;
    if (first.size() < KEPT) {
      first.add(error);
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
  void endRow() {
    badRows += inRow ? 1 : 0;
    inRow = false;
  }

  long badRows() {
    return badRows;
  }

  /// Ends the reading of a file.
  ///
  /// @param skip whether rows may be left out
  /// @param rows how many good ones there are
  /// @return the rows that are left out, null if none is
  /// @throws ProblemException with all errors, if the file cannot be taken
  @Nullable RejectedRows settle(boolean skip, long rows) {
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
