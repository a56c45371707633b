package dev.backprop.inference.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// What a zip says of an entry, before its bytes and in the directory. All but these four things is
/// the same in every model file.
///
/// @param name in ASCII
/// @param crc CRC-32 of the bytes
/// @param size how many bytes there are
/// @param offset of the local header
record ZipHeader(String name, int crc, int size, int offset) {

  static final int LOCAL = 0x04034b50;
  static final int LOCAL_SIZE = 30;

  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_SIZE = 46;
  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;

  private static final short VERSION = 20;
  private static final short MADE_ON_UNIX = 0x0300 | VERSION;
  private static final short FIRST_OF_1980 = 0x0021;
  private static final int OWNER_MAY_READ_AND_WRITE = 0600 << 16;

  /// The bytes before those of the entry.
  byte[] local() {
    byte[] bytes = new byte[localSize(name)];
    ByteBuffer out = littleEndian(bytes).putInt(LOCAL);
    putCommon(out);
    out.put(name.getBytes(US_ASCII));
    return bytes;
  }

  static int localSize(String name) {
    return LOCAL_SIZE + name.length();
  }

  /// What all entries take beside their bytes.
  static long overhead(List<String> names) {
    return END_SIZE
        + names.stream().mapToLong(name -> localSize(name) + CENTRAL_SIZE + name.length()).sum();
  }

  private byte[] central() {
    byte[] bytes = new byte[CENTRAL_SIZE + name.length()];
    ByteBuffer out = littleEndian(bytes).putInt(CENTRAL).putShort(MADE_ON_UNIX);
    putCommon(out);
    out.putShort((short) 0).putShort((short) 0).putShort((short) 0); // comment, disk, attributes
    out.putInt(OWNER_MAY_READ_AND_WRITE).putInt(offset).put(name.getBytes(US_ASCII));
    return bytes;
  }

  private void putCommon(ByteBuffer out) {
    out.putShort(VERSION).putShort((short) 0).putShort((short) 0); // no flags, not compressed
    out.putShort((short) 0).putShort(FIRST_OF_1980).putInt(crc).putInt(size).putInt(size);
    out.putShort((short) name.length()).putShort((short) 0); // nothing extra
  }

  /// What follows the last entry: the directory and its end.
  ///
  /// @param offset of it
  static byte[] directory(List<ZipHeader> entries, int offset) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    entries.forEach(entry -> out.writeBytes(entry.central()));
    short count = (short) entries.size();
    byte[] end = new byte[END_SIZE];
    littleEndian(end)
        .putInt(END)
        .putInt(0)
        .putShort(count)
        .putShort(count)
        .putInt(out.size())
        .putInt(offset)
        .putShort((short) 0);
    out.writeBytes(end);
    return out.toByteArray();
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
