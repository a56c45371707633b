package dev.backprop.inference.file;

import dev.backprop.problem.Bound;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonBinder;
import dev.backprop.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The entries of a model file, each of the size and hash that the manifest says.
///
/// @param model [ModelDocument]
/// @param parameters see [ParametersFile]
/// @param parametersSha256 of that entry, in hexadecimal
/// @param selfTest [SelfTest]
record ModelFileParts(
    StoredZipReader.Entry model,
    StoredZipReader.Entry parameters,
    String parametersSha256,
    StoredZipReader.Entry selfTest) {

  private static final List<String> NAMES =
      List.of(Manifest.NAME, ModelDocument.NAME, ParametersFile.NAME, SelfTest.NAME);

  /// Takes a file apart.
  ///
  /// @throws ProblemException [ProblemType#INVALID_MODEL]
  static ModelFileParts read(byte[] file, JsonBinder json) {
    List<StoredZipReader.Entry> entries = StoredZipReader.read(file);
    if (!entries.getFirst().name().equals(Manifest.NAME)) {
      throw InvalidModelFile.because("it does not begin with " + Manifest.NAME);
    }
    Manifest manifest = bind(entries.getFirst(), Manifest.class, json);
    if (!Manifest.FORMAT.equals(manifest.format())) {
      throw InvalidModelFile.because(
          Manifest.NAME + ": format is not " + Manifest.FORMAT + "; it is another kind of file");
    }
    if (manifest.formatVersion() != Manifest.VERSION) {
      throw InvalidModelFile.because(
          "%s: formatVersion is %d, this release reads %d; a later one may read it"
              .formatted(Manifest.NAME, manifest.formatVersion(), Manifest.VERSION));
    }
    List<String> names = entries.stream().map(StoredZipReader.Entry::name).toList();
    if (!names.equals(NAMES)) {
      throw InvalidModelFile.because(
          "its entries are %s; a model file has %s in this order"
              .formatted(String.join(", ", names), String.join(", ", NAMES)));
    }
    List<Manifest.Part> declared = Objects.requireNonNull(manifest.entries());
    requireHashes(entries.subList(1, entries.size()), declared);
    String parametersSha256 = Objects.requireNonNull(declared.get(1).sha256());
    return new ModelFileParts(entries.get(1), entries.get(2), parametersSha256, entries.get(3));
  }

  private static void requireHashes(
      List<StoredZipReader.Entry> entries, List<Manifest.Part> declared) {
    if (declared.size() != entries.size()) {
      throw InvalidModelFile.because(
          "%s: it lists %d entries, beside it there are %d"
              .formatted(Manifest.NAME, declared.size(), entries.size()));
    }
    for (int i = 0; i < entries.size(); i++) {
      StoredZipReader.Entry entry = entries.get(i);
      Manifest.Part part = declared.get(i);
      if (!entry.name().equals(part.name())) {
        throw InvalidModelFile.because(
            Manifest.NAME + ": the entry at " + i + " is not " + entry.name());
      }
      if (part.bytes() != entry.length()) {
        throw InvalidModelFile.because(
            "%s: it has %d bytes, %s says %d"
                .formatted(entry.name(), entry.length(), Manifest.NAME, part.bytes()));
      }
      if (!entry.sha256().equals(part.sha256())) {
        throw InvalidModelFile.because(
            entry.name() + ": its SHA-256 is not the one that " + Manifest.NAME + " says");
      }
    }
  }

  /// Reads an entry of JSON as strictly as a request.
  ///
  /// @throws ProblemException [ProblemType#INVALID_MODEL] with the places in the entry
  static <T> T bind(StoredZipReader.Entry entry, Class<T> type, JsonBinder json) {
    return bind(entry, type, json, Set.of());
  }

  /// The same of an entry that may lack what a request may not.
  ///
  /// @param optional pointers to the fields
  static <T> T bind(
      StoredZipReader.Entry entry, Class<T> type, JsonBinder json, Set<String> optional) {
    InputErrors errors = new InputErrors();
    Bound<T> bound = parse(entry, type, json);
    bound.errors().stream()
        .filter(error -> error.pointer() == null || !optional.contains(error.pointer()))
        .forEach(errors::add);
    if (!errors.isEmpty()) {
      throw InvalidModelFile.in(entry.name(), errors);
    }
    return bound.value();
  }

  private static <T> Bound<T> parse(StoredZipReader.Entry entry, Class<T> type, JsonBinder json) {
    try {
      return json.bind(entry.stream(), entry.length(), type);
    } catch (ProblemException e) {
      throw InvalidModelFile.in(entry.name(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array does not fail
    }
  }
}
