package dev.backprop.dataset.intake;

import java.nio.ByteBuffer;

/// Steps over one struct in Thrift's compact protocol, in which Parquet writes its metadata, and
/// tells the integers that it meets.
///
/// It is there to refuse what would make a reader reserve memory for lists and texts that the file
/// does not have, before one reads it.
final class CompactThrift {

  /// Deeper than any metadata of Parquet.
  private static final int DEEPEST = 12;

  /// More structs than a file of 20,000 columns has in dozens of row groups.
  private static final int MOST = 4_000_000;

  private static final int FIELDS = 64;
  private static final int LONGEST_VARINT = 63;

  private final ByteBuffer in;
  private final Integers integers;
  private int structs;

  private CompactThrift(ByteBuffer in, Integers integers) {
    this.in = in;
    this.integers = integers;
  }

  /// Takes an integer with the path to its field; see [#path].
  interface Integers {
    void accept(int path, long value);
  }

  /// The number that stands for a field of a field of …, each below 64; elements of a list have the
  /// path of the list.
  static int path(int... fields) {
    int path = 0;
    for (int field : fields) {
      path = path * FIELDS + field;
    }
    return path;
  }

  /// Steps over the struct at the buffer's position.
  ///
  /// @throws DamagedParquetException or a [java.nio.BufferUnderflowException] if there is none
  static void read(ByteBuffer in, Integers integers) throws DamagedParquetException {
    new CompactThrift(in, integers).struct(0, 0);
  }

  private void struct(int path, int depth) throws DamagedParquetException {
    structs++;
    require(structs <= MOST);
    int field = 0;
    for (int head = next(); head != 0; head = next()) {
      int delta = head >> 4;
      field = delta == 0 ? (int) zigzag() : field + delta;
      boolean known = path >= 0 && path < 1 << 18 && field > 0 && field < FIELDS;
      int type = head & 15;
      if (type > 2) { // booleans have no more than their type
        value(type, known ? path * FIELDS + field : -1, depth + 1);
      }
    }
  }

  private void value(int type, int path, int depth) throws DamagedParquetException {
    require(depth <= DEEPEST);
    switch (type) {
      case 3 -> next();
      case 4, 5, 6 -> integers.accept(path, zigzag());
      case 7 -> skip(Double.BYTES);
      case 8 -> skip(varint());
      case 9, 10 -> list(path, depth);
      case 12 -> struct(path, depth);
      default -> throw damaged(); // Parquet has no maps, and no lists of booleans where this reads
    }
  }

  private void list(int path, int depth) throws DamagedParquetException {
    int head = next();
    long size = head >> 4;
    if (size == 15) {
      size = varint();
    }
    require(size >= 0 && size <= in.remaining());
    for (long i = 0; i < size; i++) {
      value(head & 15, path, depth + 1);
    }
  }

  private void skip(long bytes) throws DamagedParquetException {
    require(bytes >= 0 && bytes <= in.remaining());
    in.position(in.position() + (int) bytes);
  }

  private int next() {
    return in.get() & 0xFF;
  }

  private long varint() throws DamagedParquetException {
    long value = 0;
    for (int shift = 0; shift <= LONGEST_VARINT; shift += 7) {
      int next = next();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw damaged();
  }

  private long zigzag() throws DamagedParquetException {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  private static void require(boolean condition) throws DamagedParquetException {
    if (!condition) {
      throw damaged();
    }
  }

  private static DamagedParquetException damaged() {
    return new DamagedParquetException("its metadata is damaged");
  }
}
