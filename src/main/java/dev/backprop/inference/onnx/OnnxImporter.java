package dev.backprop.inference.onnx;

import dev.backprop.inference.file.ModelIntake;
import dev.backprop.model.Model;
import dev.backprop.model.onnx.ImportOptions;
import dev.backprop.model.onnx.OnnxModelReader;
import dev.backprop.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import org.springframework.stereotype.Component;

/// Makes models of ONNX files.
@Component
final class OnnxImporter {

  private final ModelIntake intake;
  private final Clock clock;

  OnnxImporter(ModelIntake intake, Clock clock) {
    this.intake = intake;
    this.clock = clock;
  }

  /// Adds the model of a file as the next version under a name.
  ///
  /// @param length of the body as its headers say, negative where they do not
  /// @throws ProblemException [ProblemType#INVALID_MODEL]; [ProblemType#INVALID_REQUEST]; and as
  ///   [ModelIntake#add]
  /// @throws IOException if the connection fails
  Model add(String name, ImportOptions options, InputStream body, long length) throws IOException {
    return intake.add(
        body, length, file -> OnnxModelReader.read(file, name, options, clock.instant()));
  }
}
