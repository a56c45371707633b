package dev.backprop.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// SHA-256 over a canonical form of columns: for each its kind, name and cells, texts with their
/// length before them, all big-endian.
final class ContentHash {

  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(8192);

  private ContentHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String of(List<Column> columns) {
    ContentHash hash = new ContentHash();
    hash.addInt(columns.size());
    columns.forEach(hash::add);
    hash.flush();
    return HexFormat.of().formatHex(hash.digest.digest());
  }

  /// Over the kind and the cells of a column, whatever its name is.
  static String ofCells(Column column) {
    ContentHash hash = new ContentHash();
    hash.addText(kind(column));
    hash.addCells(column);
    hash.flush();
    return HexFormat.of().formatHex(hash.digest.digest());
  }

  private static String kind(Column column) {
    return switch (column) {
      case NumberColumn numbers -> numbers.type().word();
      case CategoryColumn _ -> "category";
    };
  }

  private void add(Column column) {
    addText(kind(column));
    addText(column.name());
    addCells(column);
  }

  private void addCells(Column column) {
    switch (column) {
      case NumberColumn numbers -> {
        addInt(numbers.rows());
        for (int row = 0; row < numbers.rows(); row++) {
          addInt(Float.floatToIntBits(numbers.value(row)));
        }
      }
      case CategoryColumn categories -> {
        addInt(categories.categories().size());
        categories.categories().forEach(this::addText);
        addInt(categories.rows());
        for (int row = 0; row < categories.rows(); row++) {
          addInt(categories.code(row));
        }
      }
    }
  }

  private void addText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    addInt(bytes.length);
    flush();
    digest.update(bytes);
  }

  private void addInt(int value) {
    if (buffer.remaining() < Integer.BYTES) {
      flush();
    }
    buffer.putInt(value);
  }

  private void flush() {
    digest.update(buffer.flip());
    buffer.clear();
  }
}
