package dev.backprop.dataset.intake;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/// The formats of text files.
public enum FileFormat {
  CSV("CSV"),
  ARFF("an ARFF file"),
  NDJSON("newline-delimited JSON"),
  PARQUET("Parquet");

  private final String words;

  FileFormat(String words) {
    this.words = words;
  }

  /// What it is called in a sentence.
  String words() {
    return words;
  }

  /// The format that a type names.
  static Optional<FileFormat> ofMediaType(@Nullable MediaType type) {
    return switch (type == null ? "" : type.getType() + "/" + type.getSubtype()) {
      case "text/csv", "application/csv" -> Optional.of(CSV);
      case "text/x-arff", "application/x-arff" -> Optional.of(ARFF);
      case "application/x-ndjson", "application/jsonl" -> Optional.of(NDJSON);
      case "application/vnd.apache.parquet" -> Optional.of(PARQUET);
      default -> Optional.empty();
    };
  }

  /// The format that files of this ending have.
  ///
  /// @param extension in lower case, without the dot
  static Optional<FileFormat> ofExtension(String extension) {
    return switch (extension) {
      case "csv", "tsv", "tab", "txt" -> Optional.of(CSV);
      case "arff" -> Optional.of(ARFF);
      case "ndjson", "jsonl" -> Optional.of(NDJSON);
      case "parquet" -> Optional.of(PARQUET);
      default -> Optional.empty();
    };
  }
}
