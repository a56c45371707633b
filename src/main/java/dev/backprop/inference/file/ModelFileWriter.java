package dev.backprop.inference.file;

import dev.backprop.inference.Predictor;
import dev.backprop.inference.export.ExportFormat;
import dev.backprop.inference.export.ModelExporter;
import dev.backprop.model.Model;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes model files.
@Component
final class ModelFileWriter implements ModelExporter {

  private final JsonMapper json;
  private final Predictor predictor;

  ModelFileWriter(JsonMapper json, Predictor predictor) {
    this.json = json;
    this.predictor = predictor;
  }

  @Override
  public ExportFormat format() {
    return ExportFormat.ZIP;
  }

  @Override
  public Content export(Model model) {
    List<StoredZip.Source> parts =
        List.of(
            json(ModelDocument.NAME, ModelDocument.of(model)),
            StoredZip.Source.of(ParametersFile.NAME, ParametersFile.of(model.parameters())),
            json(SelfTest.NAME, SelfTest.of(model, predictor)));
    List<StoredZip.Source> all = new ArrayList<>();
    all.add(
        json(
            Manifest.NAME,
            Manifest.of(parts.stream().map(StoredZip.Source::fingerprint).toList())));
    all.addAll(parts);
    requireRoom(StoredZip.size(all));
    return out -> StoredZip.write(all, out);
  }

  private static void requireRoom(long size) {
    if (size > Integer.MAX_VALUE) {
      throw new ProblemException(
          ProblemType.LIMIT_EXCEEDED,
          "The model file would have %d bytes; it may have %d.".formatted(size, Integer.MAX_VALUE));
    }
  }

  private StoredZip.Source json(String name, Object value) {
    byte[] bytes = json.writeValueAsBytes(value);
    return StoredZip.Source.of(name, out -> out.write(bytes));
  }
}
