package dev.backprop.inference.file;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `manifest.json`: what the file is, and the size and hash of every other entry in its order.
///
/// @param format always [#FORMAT]
/// @param formatVersion counted from 1; goes up when an older release could not read the file
record Manifest(
    @NotNull(message = "is required") @Nullable String format,
    int formatVersion,
    @NotNull(message = "is required") @Nullable List<@NotNull @Valid Part> entries) {

  static final String NAME = "manifest.json";
  static final String FORMAT = "backprop-model";
  static final int VERSION = 1;

  /// An entry.
  ///
  /// @param bytes how many it has
  /// @param sha256 of them, in hexadecimal
  record Part(
      @NotNull(message = "is required") @Nullable String name,
      long bytes,
      @NotNull(message = "is required") @Nullable String sha256) {}

  static Manifest of(List<Fingerprint> entries) {
    return new Manifest(
        FORMAT,
        VERSION,
        entries.stream().map(e -> new Part(e.name(), e.bytes(), e.sha256())).toList());
  }
}
