package dev.backprop.dataset.intake;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/// The header of a page: what is behind it in the file, and what it will take in memory.
///
/// @param size bytes of the page behind its header
/// @param unpacked bytes of the page in memory
/// @param values how many it says it has
/// @param encoding of its values, as a number of the format
/// @param kind whether it holds values, their dictionary or something else
record ParquetPage(long size, long unpacked, long values, int encoding, Kind kind) {

  private static final String[] ENCODINGS = {
    "PLAIN",
    "GROUP_VAR_INT",
    "PLAIN_DICTIONARY",
    "RLE",
    "BIT_PACKED",
    "DELTA_BINARY_PACKED",
    "DELTA_LENGTH_BYTE_ARRAY",
    "DELTA_BYTE_ARRAY",
    "RLE_DICTIONARY",
    "BYTE_STREAM_SPLIT"
  };

  enum Kind {
    DATA,
    DICTIONARY,
    OTHER
  }

  /// The header at the buffer's position, which is behind it afterwards.
  static ParquetPage read(ByteBuffer in) throws DamagedParquetException {
    Map<Integer, Long> fields = new HashMap<>();
    CompactThrift.read(in, fields::put);
    long type = field(fields, 1);
    long size = field(fields, 3);
    long unpacked = field(fields, 2);
    return switch ((int) type) {
      case 0 ->
          new ParquetPage(size, unpacked, field(fields, 5, 1), encoding(fields, 5, 2), Kind.DATA);
      case 2 ->
          new ParquetPage(
              size, unpacked, field(fields, 7, 1), encoding(fields, 7, 2), Kind.DICTIONARY);
      case 3 ->
          new ParquetPage(size, unpacked, field(fields, 8, 1), encoding(fields, 8, 4), Kind.DATA);
      default -> new ParquetPage(size, unpacked, 0, 0, Kind.OTHER);
    };
  }

  private static int encoding(Map<Integer, Long> fields, int... path) {
    return (int) field(fields, path);
  }

  private static long field(Map<Integer, Long> fields, int... path) {
    return fields.getOrDefault(CompactThrift.path(path), -1L);
  }

  /// Whether the encoding is one whose memory the header tells. The deltas hide how long their
  /// blocks and texts are.
  boolean isBounded() {
    return switch (encoding) {
      case 0, 2, 3, 8, 9 -> true;
      default -> false;
    };
  }

  String encodingName() {
    return encoding >= 0 && encoding < ENCODINGS.length ? ENCODINGS[encoding] : "no. " + encoding;
  }
}
