package dev.backprop.inference.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.backprop.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/// Reads a [StoredZip], and nothing else that is a zip. One use, one thread.
final class StoredZipReader {

  /// More entries than any model file has.
  private static final int MOST_ENTRIES = 16;

  private static final int LONGEST_NAME = 64;
  private static final int METHOD_AT = 8;
  private static final int CRC_AT = 14;
  private static final int SIZE_AT = 22;
  private static final int NAME_LENGTH_AT = 26;

  private final byte[] file;
  private final ByteBuffer in;
  private final List<ZipHeader> headers = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private int at;

  private StoredZipReader(byte[] file) {
    this.file = file;
    in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// An entry, as a part of the bytes of the file.
  @SuppressWarnings("ArrayRecordComponent") // a view; nobody compares it
  record Entry(String name, byte[] file, int offset, int length) {

    InputStream stream() {
      return new ByteArrayInputStream(file, offset, length);
    }

    ByteBuffer littleEndian() {
      return ByteBuffer.wrap(file, offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    String sha256() {
      return Fingerprint.sha256(file, offset, length);
    }
  }

  /// The entries, in their order and with different names.
  ///
  /// @param file kept, not copied
  /// @throws ProblemException [ProblemType#INVALID_MODEL] where the bytes are not those that
  ///   [StoredZip#write] gives
  static List<Entry> read(byte[] file) {
    return new StoredZipReader(file).read();
  }

  private List<Entry> read() {
    while (left() >= Integer.BYTES && in.getInt(at) == ZipHeader.LOCAL) {
      if (entries.size() == MOST_ENTRIES) {
        throw InvalidModelFile.because("it has more than " + MOST_ENTRIES + " entries");
      }
      readEntry();
    }
    if (entries.isEmpty()) {
      throw InvalidModelFile.because("it does not begin as a zip does");
    }
    if (!matches(ZipHeader.directory(headers, at), file.length)) {
      throw InvalidModelFile.because(
          "what follows the last entry, from byte %d on, is not the directory of a model file; it is cut off, or was packed by another program"
              .formatted(at));
    }
    return entries;
  }

  private void readEntry() {
    if (left() < ZipHeader.LOCAL_SIZE) {
      throw InvalidModelFile.because("it ends within the header at byte " + at);
    }
    if (in.getShort(at + METHOD_AT) != 0) {
      throw InvalidModelFile.because(
          "the entry at byte %d is compressed; a model file holds its entries as they are"
              .formatted(at));
    }
    ZipHeader header = new ZipHeader(name(), in.getInt(at + CRC_AT), in.getInt(at + SIZE_AT), at);
    byte[] expected = header.local();
    if (!matches(expected, at + expected.length)) {
      throw InvalidModelFile.because(
          "%s: the header at byte %d is not laid out as that of a model file"
              .formatted(header.name(), at));
    }
    at += expected.length;
    requireBytes(header);
    entries.add(new Entry(header.name(), file, at, header.size()));
    headers.add(header);
    at += header.size();
  }

  private String name() {
    int length = Short.toUnsignedInt(in.getShort(at + NAME_LENGTH_AT));
    if (length > LONGEST_NAME || length > left() - ZipHeader.LOCAL_SIZE) {
      throw InvalidModelFile.because(
          "the entry at byte %d has a name of %d bytes, too long".formatted(at, length));
    }
    String name = new String(file, at + ZipHeader.LOCAL_SIZE, length, ISO_8859_1);
    if (!name.matches("[a-z][a-z0-9.-]*")) {
      throw InvalidModelFile.because(
          "the entry at byte %d has a name that no entry of a model file has".formatted(at));
    }
    if (entries.stream().anyMatch(before -> before.name().equals(name))) {
      throw InvalidModelFile.because("it has the entry " + name + " twice");
    }
    return name;
  }

  private void requireBytes(ZipHeader header) {
    int size = header.size();
    if (size < 0 || size > left()) {
      throw InvalidModelFile.because(
          "%s: %d bytes are declared, %d are left in the file"
              .formatted(header.name(), Integer.toUnsignedLong(size), left()));
    }
    CRC32 crc = new CRC32();
    crc.update(file, at, size);
    if ((int) crc.getValue() != header.crc()) {
      throw InvalidModelFile.because(
          header.name() + ": the bytes do not have the CRC-32 of the header; they are damaged");
    }
  }

  private int left() {
    return file.length - at;
  }

  /// Whether these bytes stand here, up to an end.
  private boolean matches(byte[] expected, int end) {
    return end <= file.length && Arrays.equals(expected, 0, expected.length, file, at, end);
  }
}
