package dev.backprop.inference.onnx;

import dev.backprop.inference.export.ExportFormat;
import dev.backprop.inference.export.ModelExporter;
import dev.backprop.model.Model;
import dev.backprop.model.onnx.OnnxWriter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/// Exports models as ONNX.
@Component
final class OnnxExporter implements ModelExporter {

  private final String serverVersion;

  OnnxExporter(ObjectProvider<BuildProperties> build) {
    BuildProperties known = build.getIfAvailable();
    serverVersion = known == null ? "development" : String.valueOf(known.getVersion());
  }

  @Override
  public ExportFormat format() {
    return ExportFormat.ONNX;
  }

  @Override
  public Content export(Model model) {
    return new OnnxWriter(model, serverVersion)::write;
  }
}
