package dev.backprop.inference.export;

import dev.backprop.model.Model;

/// A form in which a model leaves the server. Each has one [ModelExporter].
public enum ExportFormat {
  /// The model file, which can be imported again.
  ZIP("application/zip", "%s-%s.zip"),
  /// What the model file has, as one document.
  JSON("application/json", "%s-%s.json"),
  /// A class that scores rows. Its file has to have its name.
  JAVA("text/x-java-source;charset=UTF-8", "Scorer.java"),
  /// A script that scores rows.
  JAVASCRIPT("text/javascript;charset=UTF-8", "%s-%s.js"),
  /// A module that scores rows.
  PYTHON("text/x-python;charset=UTF-8", "%s-%s.py"),
  /// A file of C that scores rows.
  C("text/x-c;charset=UTF-8", "%s-%s.c"),
  /// A graph that scores raw rows, preprocessing included.
  ONNX("application/onnx", "%s-%s.onnx");

  private final String mediaType;
  private final String fileName;

  ExportFormat(String mediaType, String fileName) {
    this.mediaType = mediaType;
    this.fileName = fileName;
  }

  /// The media type.
  String mediaType() {
    return mediaType;
  }

  /// What the file is called, safe in a header because the name of a model is.
  String fileName(Model model) {
    return fileName.formatted(model.name(), model.version());
  }
}
