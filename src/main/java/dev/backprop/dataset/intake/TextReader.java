package dev.backprop.dataset.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import org.jspecify.annotations.Nullable;

/// Reads text strictly: bytes that are not of its encoding, or a NUL character, are an
/// [UnreadableTextException] with their line, once all before them was read. A byte order mark at
/// the start is left out.
///
/// The encoding is the one that the caller names, else that of the byte order mark, else the
/// charset of the content type, else UTF-8.
public final class TextReader extends Reader {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private final @Nullable Encoding named;
  private final Encoding otherwise;

  /// Whether the caller can name another encoding.
  private final boolean hasParameter;

  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 13).limit(0);
  private final CharBuffer chars = CharBuffer.allocate(1 << 14).limit(0);
  private Encoding encoding = Encoding.UTF_8;
  private @Nullable CharsetDecoder decoder;
  private @Nullable UnreadableTextException failure;
  private boolean ended;
  private boolean started;
  private long line = 1;
  private char last;

  /// Reads from the stream as much as it has, and waits only where it has nothing.
  public TextReader(InputStream in) {
    this(in, null, null, false);
  }

  /// @param named by the caller, null to find it
  /// @param charset of the content type, null if it has none
  TextReader(InputStream in, @Nullable Encoding named, @Nullable Encoding charset) {
    this(in, named, charset, true);
  }

  private TextReader(
      InputStream in, @Nullable Encoding named, @Nullable Encoding charset, boolean hasParameter) {
    this.in = in;
    this.named = named;
    this.otherwise = charset == null ? Encoding.UTF_8 : charset;
    this.hasParameter = hasParameter;
  }

  /// The text that comes next, as much of it as fits the buffer, without taking it out of what is
  /// read.
  String peek() throws IOException {
    while (chars.limit() < chars.capacity() && decodeMore()) {
      // until the buffer is full
    }
    return chars.toString();
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
    while (!chars.hasRemaining()) {
      if (!decodeMore()) {
        if (failure != null) {
          throw failure;
        }
        return -1;
      }
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, offset, count);
    return count;
  }

  /// Adds to the characters; false at the end, or where what follows is not text.
  private boolean decodeMore() throws IOException {
    if (failure != null) {
      return false;
    }
    CharsetDecoder from = decoder == null ? begin() : decoder;
    chars.compact();
    int before = chars.position();
    CoderResult result = from.decode(bytes, chars, ended);
    while (chars.position() == before && result.isUnderflow() && !ended) {
      fillBytes();
      result = from.decode(bytes, chars, ended);
    }
    chars.flip();
    if (chars.limit() == before) {
      if (result.isError()) {
        fail("not %s text from here on; %s".formatted(encoding.word(), remedy()));
      }
      return false;
    }
    examine(before);
    return true;
  }

  /// Chooses the encoding by the first bytes.
  private CharsetDecoder begin() throws IOException {
    while (!ended && bytes.remaining() < Encoding.MARK_BYTES) {
      fillBytes();
    }
    Encoding marked = Encoding.ofMark(bytes).orElse(null);
    if (named != null && marked != null && named != marked) {
      fail(
          "the file begins with the byte order mark of %s, the query parameter encoding says %s"
              .formatted(marked.word(), named.word()));
    } else {
      FileSignature.of(bytes).ifPresent(this::fail);
    }
    if (failure != null) {
      bytes.limit(bytes.position());
      ended = true;
    }
    encoding = named != null ? named : marked != null ? marked : otherwise;
    decoder = encoding.newDecoder();
    return decoder;
  }

  private String remedy() {
    if (!hasParameter) {
      return "send it as UTF-8";
    }
    return encoding == Encoding.UTF_8
        ? "name its encoding with the query parameter encoding, such as ?encoding=windows-1252, or save the file as UTF-8"
        : "name another with the query parameter encoding, or save the file as UTF-8";
  }

  private void fail(String detail) {
    failure = new UnreadableTextException(line, detail);
  }

  private void fillBytes() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = read < 0;
    bytes.position(bytes.position() + Math.max(0, read)).flip();
  }

  /// Counts lines, ends the text before a NUL and steps over a byte order mark.
  private void examine(int from) {
    char[] array = chars.array();
    int end = chars.limit();
    for (int i = from; i < end; i++) {
      if (array[i] <= '\r') { // rarely
        char before = i == from ? last : array[i - 1];
        if (array[i] == 0) {
          fail(nulCharacter(i));
          chars.limit(i);
          return;
        }
        if (array[i] == '\r' || (array[i] == '\n' && before != '\r')) {
          line++;
        }
      }
    }
    last = array[end - 1];
    if (!started) {
      started = true;
      if (array[from] == BYTE_ORDER_MARK) {
        chars.get();
      }
    }
  }

  private String nulCharacter(int index) {
    String detail =
        "a NUL character: the file is not text, or its encoding is not " + encoding.word();
    return hasParameter && encoding == Encoding.UTF_8 && line == 1 && index < 2
        ? detail + "; if it is UTF-16 send ?encoding=utf-16" + (index == 0 ? "be" : "le")
        : detail;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
