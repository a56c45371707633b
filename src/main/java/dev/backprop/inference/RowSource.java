package dev.backprop.inference;

import dev.backprop.problem.ProblemException;
import java.io.IOException;

/// Rows that are read while they come.
interface RowSource {

  /// Reads the next row.
  ///
  /// @return whether there was one
  /// @throws ProblemException where the text cannot be read on
  /// @throws IOException if the connection fails
  boolean read() throws IOException;
}
