package dev.backprop.inference.export;

import dev.backprop.model.Model;

/// A form in which a model leaves the server. Each has one [ModelExporter].
public enum ExportFormat {
  /// The model file, which can be imported again.
  ZIP("application/zip", "zip"),
  /// A graph that scores raw rows, preprocessing included.
  ONNX("application/onnx", "onnx");

  private final String mediaType;
  private final String extension;

  ExportFormat(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  /// The media type.
  String mediaType() {
    return mediaType;
  }

  /// What the file is called, safe in a header because the name of a model is.
  String fileName(Model model) {
    return model.name() + "-" + model.version() + "." + extension;
  }
}
