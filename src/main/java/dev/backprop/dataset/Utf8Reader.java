package dev.backprop.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Reads UTF-8 strictly: what is not UTF-8, or has a NUL character, is an [UnreadableTextException]
/// with its line. A byte order mark at the start is left out.
public final class Utf8Reader extends Reader {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 15).limit(0);
  private final CharBuffer chars = CharBuffer.allocate(1 << 15).limit(0);
  private boolean ended;
  private boolean started;
  private long line = 1;
  private char last;

  /// Reads from the stream as much as it has, and waits only where it has nothing.
  public Utf8Reader(InputStream in) {
    this.in = in;
  }

  /// The first line, or as much of it as fits the buffer, without taking it out of what is read.
  String peekFirstLine() throws IOException {
    while (endOfLine() < 0 && chars.limit() < chars.capacity() && decodeMore()) {
      // until there is a whole line
    }
    int end = endOfLine();
    return chars.subSequence(0, end < 0 ? chars.remaining() : end).toString();
  }

  private int endOfLine() {
    for (int i = 0; i < chars.remaining(); i++) {
      char c = chars.charAt(i);
      if (c == '\n' || c == '\r') {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!chars.hasRemaining() && !decodeMore()) {
      return -1;
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, offset, count);
    return count;
  }

  /// Adds to the characters; false at the end.
  private boolean decodeMore() throws IOException {
    chars.compact();
    int before = chars.position();
    CoderResult result = decoder.decode(bytes, chars, ended);
    while (chars.position() == before && result.isUnderflow() && !ended) {
      fillBytes();
      result = decoder.decode(bytes, chars, ended);
    }
    int after = chars.position();
    chars.flip();
    examine(before, after);
    if (after == before && result.isError()) {
      throw new UnreadableTextException(
          line, "not UTF-8 text from here on; save the file with the encoding UTF-8");
    }
    return after > before;
  }

  private void fillBytes() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = read < 0;
    bytes.position(bytes.position() + Math.max(0, read)).flip();
  }

  /// Counts lines, refuses NUL and steps over a byte order mark.
  private void examine(int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      char c = chars.get(i);
      if (c == 0) {
        throw new UnreadableTextException(
            line, "a NUL character: the file is not text, or its encoding is not UTF-8");
      }
      if (c == '\r' || (c == '\n' && last != '\r')) {
        line++;
      }
      last = c;
    }
    if (!started && to > from) {
      started = true;
      if (chars.get(from) == BYTE_ORDER_MARK) {
        chars.get();
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
