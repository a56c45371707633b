package dev.backprop.inference.file;

import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;

/// The problem with a file that cannot be imported.
final class InvalidModelFile {

  private static final String REFUSED = "The file cannot be imported: ";

  private InvalidModelFile() {}

  /// A file that is wrong as a whole, or in an entry that `detail` begins with.
  static ProblemException because(String detail) {
    return new ProblemException(ProblemType.INVALID_MODEL, REFUSED + detail + ".");
  }

  /// Errors within the JSON of an entry.
  static ProblemException in(String entry, InputErrors errors) {
    ProblemException found = errors.toProblem(ProblemType.INVALID_MODEL);
    return in(entry, found);
  }

  /// What is wrong with the JSON of an entry.
  static ProblemException in(String entry, ProblemException found) {
    return new ProblemException(
        found.type() == ProblemType.INVALID_REQUEST ? ProblemType.INVALID_MODEL : found.type(),
        REFUSED + entry + ": " + found.detail(),
        found.errors());
  }
}
