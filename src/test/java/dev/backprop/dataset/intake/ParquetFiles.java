package dev.backprop.dataset.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// Files by `golden/parquet.py`.
public final class ParquetFiles {

  private ParquetFiles() {}

  /// The bytes of one of them.
  public static byte[] file(String name) {
    try (InputStream in =
        ParquetFiles.class.getResourceAsStream("/golden/parquet/" + name + ".parquet")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Objects.requireNonNull(in, name).transferTo(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
