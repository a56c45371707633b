package dev.backprop.inference.export;

import dev.backprop.model.Model;
import dev.backprop.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;

/// Writes models in one form. A bean for each [ExportFormat].
public interface ModelExporter {

  /// The form.
  ExportFormat format();

  /// Prepares the bytes of a model. What may go wrong goes wrong here, before the answer begins.
  ///
  /// @return the same bytes for the same model
  /// @throws ProblemException [ProblemType#LIMIT_EXCEEDED] if the form does not hold the model
  Content export(Model model);

  /// The bytes of a file, written when they are needed.
  @FunctionalInterface
  interface Content {

    /// Writes all of them.
    ///
    /// @throws IOException if the connection fails
    void writeTo(OutputStream out) throws IOException;
  }
}
