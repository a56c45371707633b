package dev.backprop.inference;

import java.io.IOException;

/// Writes predictions one after the other.
interface PredictionWriter {

  /// Writes the next one, or the error in its place.
  void write(Prediction prediction) throws IOException;

  /// Sends what has been written.
  void flush() throws IOException;

  /// Ends the document and sends it.
  void end() throws IOException;
}
