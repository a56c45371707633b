package dev.backprop.inference.file;

import dev.backprop.model.Model;
import dev.backprop.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes models of model files.
@Component
final class ModelImporter {

  private final ModelFileReader reader;
  private final ModelIntake intake;

  ModelImporter(ModelFileReader reader, ModelIntake intake) {
    this.reader = reader;
    this.intake = intake;
  }

  /// Adds the model of a file as the next version under a name.
  ///
  /// @param name null for that of the file
  /// @param length of the body as its headers say, negative where they do not
  /// @throws ProblemException [ProblemType#INVALID_MODEL], and as [ModelIntake#add]
  /// @throws IOException if the connection fails
  Model add(@Nullable String name, InputStream body, long length) throws IOException {
    return intake.add(body, length, file -> read(name, file));
  }

  private Model read(@Nullable String name, byte[] file) {
    Model model = reader.read(file);
    return name == null ? model : model.as(name, model.version(), model.lineage());
  }
}
