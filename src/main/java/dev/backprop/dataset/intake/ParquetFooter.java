package dev.backprop.dataset.intake;

import dev.hardwood.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The end of a Parquet file, which says what is in it, looked at before anything is reserved for
/// it.
final class ParquetFooter {

  private static final int MAGIC = 0x31524150; // PAR1, little-endian
  private static final int ENCRYPTED = 0x45524150; // PARE
  private static final int TRAILER = 8;

  private static final int CHILDREN = CompactThrift.path(2, 5);
  private static final int MOST_GROUPS = 1_000;

  private ParquetFooter() {}

  /// Refuses a file that is not framed like Parquet, or whose metadata is not.
  ///
  /// @throws DamagedParquetException or a [RuntimeException] from below
  static void check(InputFile file) throws IOException {
    long length = file.length();
    if (length < Integer.BYTES + TRAILER) {
      throw new DamagedParquetException("it has " + length + " bytes only");
    }
    int first = read(file, 0, Integer.BYTES).getInt();
    ByteBuffer trailer = read(file, length - TRAILER, TRAILER);
    int footer = trailer.getInt();
    int last = trailer.getInt();
    if (first == ENCRYPTED || last == ENCRYPTED) {
      throw new DamagedParquetException("it is encrypted; write it without encryption");
    }
    if (first != MAGIC) {
      throw new DamagedParquetException("it does not begin with PAR1");
    }
    if (last != MAGIC) {
      throw new DamagedParquetException("it does not end with PAR1; is it cut off?");
    }
    if (footer <= 0 || footer > length - TRAILER - Integer.BYTES) {
      throw new DamagedParquetException("its metadata is damaged");
    }
    Groups groups = new Groups();
    CompactThrift.read(read(file, length - TRAILER - footer, footer), groups);
    if (groups.count > MOST_GROUPS) {
      throw new DamagedParquetException(
          "it has more than %d nested columns; leave them out".formatted(MOST_GROUPS));
    }
  }

  private static ByteBuffer read(InputFile file, long offset, int length) throws IOException {
    return file.readRange(offset, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Counts the groups of the schema, because readers go down into them.
  private static final class Groups implements CompactThrift.Integers {

    private int count;

    @Override
    public void accept(int path, long value) {
      if (path == CHILDREN && value > 0) {
        count++;
      }
    }
  }
}
