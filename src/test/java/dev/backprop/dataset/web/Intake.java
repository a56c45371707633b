package dev.backprop.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.DatasetRepositories;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.MemoryLimit;
import dev.backprop.dataset.intake.DatasetFactory;
import dev.backprop.dataset.intake.FileParameters;
import dev.backprop.http.PageRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.unit.DataSize;

/// Takes files as the server does, with small limits, and looks at all that it shows of them.
final class Intake {

  /// Of these 507 comes first, or all others do, depending on the file.
  static final DatasetProperties LIMITS =
      new DatasetProperties(
          2_000, 200, 20_000, 100, DataSize.ofKilobytes(256), new MemoryLimit(64 << 10), 100);

  private static final DatasetFactory FACTORY =
      new DatasetFactory(
          LIMITS, Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));

  private static final int LARGEST_SEED = 1 << 16;

  private Intake() {}

  static void take(String type, FileParameters parameters, InputStream file, boolean packed)
      throws IOException {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.CONTENT_TYPE, type);
    if (packed) {
      headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    check(controller -> controller.createFromFile(file, headers, parameters));
  }

  /// Asks for a data set and looks at it.
  interface Creation {
    /// Creates it, or throws what is wrong.
    ResponseEntity<DatasetView> by(DatasetController controller) throws IOException;
  }

  /// Looks at a data set with all its columns, whose cells are within the limits.
  static void check(Creation creation) throws IOException {
    DatasetRepository repository = DatasetRepositories.inMemory(LIMITS);
    assertThat(creation.by(new DatasetController(FACTORY, repository, LIMITS)).getBody())
        .isNotNull();
    check(repository.list(PageRequest.of(null, null)).data().getFirst());
  }

  private static void check(Dataset dataset) {
    assertThat(dataset.rows()).isPositive().isLessThanOrEqualTo(LIMITS.maxRows());
    assertThat(dataset.columns()).isNotEmpty().hasSizeLessThanOrEqualTo(LIMITS.maxColumns());
    assertThat((long) dataset.rows() * dataset.columns().size())
        .isLessThanOrEqualTo(LIMITS.maxCells());
    assertThat(ProfilePicture.of(dataset)).startsWith("<svg");
  }

  /// A text file behind two bytes that choose its parameters.
  static void take(String type, byte[] data) throws IOException {
    int skipped = Math.min(2, data.length);
    take(
        type,
        type.equals("text/csv") ? csv(choices(data)) : text(choices(data)),
        new ByteArrayInputStream(data, skipped, data.length - skipped),
        false);
  }

  private static int[] choices(byte[] data) {
    return new int[] {data.length > 0 ? data[0] & 0xFF : 0, data.length > 1 ? data[1] & 0xFF : 0};
  }

  private static FileParameters csv(int[] choices) {
    FileParameters text = text(choices);
    return new FileParameters(
        null,
        text.types(),
        choose(choices, 1, ",", ";", "|", "tab"),
        choose(choices, 1, "'", "none"),
        choose(choices, 1, "point", "comma"),
        choose(choices, 1, "true", "false"),
        text.encoding(),
        text.onBadRows());
  }

  private static FileParameters text(int[] choices) {
    return new FileParameters(
        null,
        choose(choices, 0, "a:number", "a:category,b:ignored", "a:boolean", "b:date"),
        null,
        null,
        null,
        null,
        choose(choices, 0, "utf-8", "utf-16le", "utf-16be", "iso-8859-1", "windows-1252"),
        choose(choices, 0, "skip"));
  }

  /// Takes the lowest part of a number for a choice among these or none of them.
  private static @Nullable String choose(int[] choices, int index, String... words) {
    int choice = choices[index] % (words.length + 1);
    choices[index] /= words.length + 1;
    return choice == 0 ? null : words[choice - 1];
  }

  /// The nasty files of a type, refused and with their bad rows left out.
  static Stream<byte[]> seeds(String type) {
    return NastyFiles.all()
        .filter(file -> file.type().equals(type) && file.packing().equals("identity"))
        .map(Intake::bytes)
        .flatMap(file -> Stream.of(chosen(0, file), chosen(30, file)));
  }

  private static byte[] bytes(NastyFile file) {
    try (InputStream body = file.body().get()) {
      return body.readNBytes(LARGEST_SEED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Text with its parameters: 0 for none, 30 for `onBadRows=skip`.
  static byte[] chosen(int choices, byte[] file) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.write(choices);
    data.write(0);
    data.writeBytes(file);
    return data.toByteArray();
  }
}
