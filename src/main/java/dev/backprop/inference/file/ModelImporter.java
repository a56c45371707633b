package dev.backprop.inference.file;

import dev.backprop.model.Lineage;
import dev.backprop.model.Model;
import dev.backprop.model.ModelAdmission;
import dev.backprop.model.ModelRepository;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes models of files.
@Component
final class ModelImporter {

  /// A file is in memory as a whole until it is checked, so that only so many are read at once.
  private static final int AT_ONCE = 2;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ModelFileReader reader;
  private final ModelRepository models;
  private final ModelAdmission admission;
  private final Clock clock;
  private final long limit;
  private final Semaphore places = new Semaphore(AT_ONCE);

  ModelImporter(
      ModelFileReader reader,
      ModelRepository models,
      ModelAdmission admission,
      Clock clock,
      ModelImportProperties properties) {
    this.reader = reader;
    this.models = models;
    this.admission = admission;
    this.clock = clock;
    limit = Math.min(properties.maxImport().toBytes(), Integer.MAX_VALUE - 16L);
  }

  /// Adds the model of a file as the next version under a name.
  ///
  /// @param name null for that of the file
  /// @param length of the body as its headers say, negative where they do not
  /// @throws ProblemException [ProblemType#INVALID_MODEL]; [ProblemType#PAYLOAD_TOO_LARGE];
  ///   [ProblemType#INSUFFICIENT_STORAGE]; [ProblemType#UNAVAILABLE] while others are imported
  /// @throws IOException if the connection fails
  Model add(@Nullable String name, InputStream body, long length) throws IOException {
    if (!places.tryAcquire()) {
      throw new ProblemException(
              ProblemType.UNAVAILABLE,
              "%d models are being imported, as many as are at once.".formatted(AT_ONCE))
          .retryAfter(RETRY);
    }
    try {
      return add(name, bytes(body, length));
    } finally {
      places.release();
    }
  }

  private byte[] bytes(InputStream body, long length) throws IOException {
    byte[] file = length > limit ? new byte[0] : body.readNBytes((int) limit + 1);
    if (length > limit || file.length > limit) {
      throw new ProblemException(
          ProblemType.PAYLOAD_TOO_LARGE,
          "The model file is larger than %d bytes, the limit of backprop.models.max-import."
              .formatted(limit));
    }
    return file;
  }

  private Model add(@Nullable String name, byte[] file) {
    Model read = reader.read(file);
    String newName = name == null ? read.name() : name;
    Lineage lineage =
        read.lineage()
            .withImported(
                new Lineage.Imported(clock.instant(), Fingerprint.sha256(file, 0, file.length)));
    AtomicReference<Model> added = new AtomicReference<>();
    admission.admit(
        read.bytes(),
        () -> added.set(models.add(newName, version -> read.as(newName, version, lineage))));
    return added.get();
  }
}
