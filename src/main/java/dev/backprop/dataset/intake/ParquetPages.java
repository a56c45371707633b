package dev.backprop.dataset.intake;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.PhysicalType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Looks at the pages of a column before they are unpacked, so that none takes more memory than it
/// may, and that there are as many values as rows.
final class ParquetPages {

  /// Bytes of a page in memory; writers make them of 1 MB.
  private static final long LARGEST = 64 << 20;

  /// Bytes of a dictionary of texts, any of which could be meant by every row.
  private static final long LARGEST_TEXTS = 4 << 20;

  private final InputFile file;
  private final String column;

  ParquetPages(InputFile file, String column) {
    this.file = file;
    this.column = column;
  }

  /// Refuses a column chunk that is not as it should be.
  ///
  /// @param rows of its row group
  /// @throws DamagedParquetException or a [RuntimeException] from below
  void check(ColumnChunk chunk, long rows) throws IOException {
    ColumnMetaData meta = chunk.metaData();
    require(meta.numValues() == rows);
    require(meta.totalCompressedSize() <= Integer.MAX_VALUE);
    long start = chunk.chunkStartOffset();
    ByteBuffer bytes = file.readRange(start, (int) meta.totalCompressedSize());
    boolean texts = meta.type() == PhysicalType.BYTE_ARRAY;
    List<Long> places = new ArrayList<>();
    long values = 0;
    while (values < rows && bytes.hasRemaining()) {
      int at = bytes.position();
      ParquetPage page = ParquetPage.read(bytes);
      check(page, texts, rows - values);
      if (page.kind() == ParquetPage.Kind.DATA) {
        places.add(start + at);
        places.add(bytes.position() - at + page.size());
        places.add(values);
        values += page.values();
      }
      require(page.size() <= bytes.remaining());
      bytes.position(bytes.position() + (int) page.size());
    }
    require(values == rows);
    checkIndex(chunk, places);
  }

  private void check(ParquetPage page, boolean texts, long values) throws DamagedParquetException {
    require(page.size() >= 0 && page.unpacked() >= 0 && page.values() >= 0);
    boolean dictionary = page.kind() == ParquetPage.Kind.DICTIONARY;
    long largest = dictionary && texts ? LARGEST_TEXTS : LARGEST;
    if (page.unpacked() > largest) {
      throw new DamagedParquetException(
          "column '%s' has a page of %d bytes, at most %d are read; write the file with smaller pages"
              .formatted(column, page.unpacked(), largest));
    }
    require(page.values() <= (dictionary ? page.unpacked() : values));
    if (!page.isBounded() && page.kind() != ParquetPage.Kind.OTHER) {
      throw new DamagedParquetException(
          "column '%s' is encoded as %s, which is not read; write the file with plain or dictionary encoding"
              .formatted(column, page.encodingName()));
    }
  }

  /// An index leads a reader past the pages as they follow each other, so it has to agree with
  /// them.
  private void checkIndex(ColumnChunk chunk, List<Long> places) throws IOException {
    if (chunk.offsetIndexOffset() == null || chunk.offsetIndexLength() == null) {
      return;
    }
    List<Long> indexed = new ArrayList<>();
    CompactThrift.read(
        file.readRange(chunk.offsetIndexOffset(), chunk.offsetIndexLength()),
        (path, value) -> {
          if (path >= CompactThrift.path(1, 1) && path <= CompactThrift.path(1, 3)) {
            indexed.add(value);
          }
        });
    require(indexed.equals(places));
  }

  private void require(boolean condition) throws DamagedParquetException {
    if (!condition) {
      throw new DamagedParquetException("column '%s' is damaged".formatted(column));
    }
  }
}
