package dev.backprop.inference.onnx;

import dev.backprop.inference.file.ModelImportProperties;
import dev.backprop.model.Lineage;
import dev.backprop.model.Model;
import dev.backprop.model.ModelAdmission;
import dev.backprop.model.ModelRepository;
import dev.backprop.model.onnx.ImportOptions;
import dev.backprop.model.onnx.OnnxModelReader;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/// Makes models of ONNX files.
@Component
final class OnnxImporter {

  /// A file is in memory as a whole, so that only so many are read at once.
  private static final int AT_ONCE = 2;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ModelRepository models;
  private final ModelAdmission admission;
  private final Clock clock;
  private final int limit;
  private final Semaphore places = new Semaphore(AT_ONCE);

  OnnxImporter(
      ModelRepository models,
      ModelAdmission admission,
      Clock clock,
      ModelImportProperties properties) {
    this.models = models;
    this.admission = admission;
    this.clock = clock;
    limit = (int) Math.min(properties.maxImport().toBytes(), Integer.MAX_VALUE - 16);
  }

  /// Adds the model of a file as the next version under a name.
  ///
  /// @param length of the body as its headers say, negative where they do not
  /// @throws ProblemException [ProblemType#INVALID_MODEL]; [ProblemType#INVALID_REQUEST];
  ///   [ProblemType#PAYLOAD_TOO_LARGE]; [ProblemType#INSUFFICIENT_STORAGE];
  ///   [ProblemType#UNAVAILABLE] while others are imported
  /// @throws IOException if the connection fails
  Model add(String name, ImportOptions options, InputStream body, long length) throws IOException {
    if (!places.tryAcquire()) {
      throw new ProblemException(
              ProblemType.UNAVAILABLE,
              "%d files are being imported, as many as are at once.".formatted(AT_ONCE))
          .retryAfter(RETRY);
    }
    try {
      byte[] file = bytes(body, length);
      Instant now = clock.instant();
      Model read = OnnxModelReader.read(file, name, options, now);
      return add(read, new Lineage.Imported(now, sha256(file)));
    } finally {
      places.release();
    }
  }

  private byte[] bytes(InputStream body, long length) throws IOException {
    byte[] file = length > limit ? new byte[0] : body.readNBytes(limit + 1);
    if (length > limit || file.length > limit) {
      throw new ProblemException(
          ProblemType.PAYLOAD_TOO_LARGE,
          "The file is larger than %d bytes, the limit of backprop.models.max-import."
              .formatted(limit));
    }
    return file;
  }

  private static String sha256(byte[] file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private Model add(Model read, Lineage.Imported file) {
    AtomicReference<Model> added = new AtomicReference<>();
    admission.admit(
        read.bytes(),
        () ->
            added.set(
                models.add(
                    read.name(),
                    version -> read.as(read.name(), version, read.lineage().withImported(file)))));
    return added.get();
  }
}
