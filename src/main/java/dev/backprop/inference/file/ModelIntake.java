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
import java.util.function.Function;
import org.springframework.stereotype.Component;

/// Lets files in that models are made of: of bounded size, few at once, and no model that there is
/// no room for.
@Component
public final class ModelIntake {

  /// A file is in memory as a whole until it is checked, so that only so many are read at once.
  private static final int AT_ONCE = 2;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ModelRepository models;
  private final ModelAdmission admission;
  private final Clock clock;
  private final int limit;
  private final Semaphore places = new Semaphore(AT_ONCE);

  ModelIntake(
      ModelRepository models,
      ModelAdmission admission,
      Clock clock,
      ModelImportProperties properties) {
    this.models = models;
    this.admission = admission;
    this.clock = clock;
    limit = (int) Math.min(properties.maxImport().toBytes(), Integer.MAX_VALUE - 16L);
  }

  /// Adds the model of a file as the next version under its name.
  ///
  /// @param body the file
  /// @param length of it as its headers say, negative where they do not
  /// @param reader makes the model, of any version, and throws for whatever is wrong with the file
  /// @throws ProblemException what the reader throws; [ProblemType#PAYLOAD_TOO_LARGE];
  ///   [ProblemType#INSUFFICIENT_STORAGE]; [ProblemType#UNAVAILABLE] while others are imported
  /// @throws IOException if the connection fails
  public Model add(InputStream body, long length, Function<byte[], Model> reader)
      throws IOException {
    if (!places.tryAcquire()) {
      throw new ProblemException(
              ProblemType.UNAVAILABLE,
              "%d models are being imported, as many as are at once.".formatted(AT_ONCE))
          .retryAfter(RETRY);
    }
    try {
      byte[] file = bytes(body, length);
      Model read = reader.apply(file);
      return add(
          read,
          read.lineage()
              .withImported(
                  new Lineage.Imported(clock.instant(), Fingerprint.sha256(file, 0, file.length))));
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

  private Model add(Model read, Lineage lineage) {
    AtomicReference<Model> added = new AtomicReference<>();
    admission.admit(
        read.bytes(),
        () ->
            added.set(models.add(read.name(), version -> read.as(read.name(), version, lineage))));
    return added.get();
  }
}
