package dev.backprop.dataset.intake;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How the characters of a text file are written as bytes.
enum Encoding {
  UTF_8(StandardCharsets.UTF_8),
  UTF_16LE(StandardCharsets.UTF_16LE),
  UTF_16BE(StandardCharsets.UTF_16BE),
  ISO_8859_1(StandardCharsets.ISO_8859_1),
  WINDOWS_1252(Charset.forName("windows-1252"));

  /// As many bytes are enough to know a byte order mark.
  static final int MARK_BYTES = 3;

  private final Charset charset;

  Encoding(Charset charset) {
    this.charset = charset;
  }

  /// The word for it in requests.
  String word() {
    return charset.name().toLowerCase(Locale.ROOT);
  }

  /// All of them by their words.
  static Map<String, Encoding> byWord() {
    Map<String, Encoding> words = new LinkedHashMap<>();
    for (Encoding encoding : values()) {
      words.put(encoding.word(), encoding);
    }
    return words;
  }

  /// The one that reads a charset: ASCII is UTF-8 too, and UTF-16 that has no mark is big-endian
  /// (RFC 2781).
  static Optional<Encoding> of(Charset charset) {
    if (charset.equals(StandardCharsets.US_ASCII)) {
      return Optional.of(UTF_8);
    }
    if (charset.equals(StandardCharsets.UTF_16)) {
      return Optional.of(UTF_16BE);
    }
    return byWord().values().stream().filter(each -> each.charset.equals(charset)).findFirst();
  }

  /// The one whose byte order mark stands at the start, if one does.
  static Optional<Encoding> ofMark(ByteBuffer start) {
    int first = byteAt(start, 0);
    int second = byteAt(start, 1);
    if (first == 0xEF && second == 0xBB && byteAt(start, 2) == 0xBF) {
      return Optional.of(UTF_8);
    }
    if (first == 0xFF && second == 0xFE) {
      return Optional.of(UTF_16LE);
    }
    return first == 0xFE && second == 0xFF ? Optional.of(UTF_16BE) : Optional.empty();
  }

  private static int byteAt(ByteBuffer buffer, int index) {
    return index < buffer.remaining()
        ? Byte.toUnsignedInt(buffer.get(buffer.position() + index))
        : -1;
  }

  /// A decoder that stops at what is not of this encoding.
  CharsetDecoder newDecoder() {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }
}
