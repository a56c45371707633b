package dev.backprop.dataset.intake;

import java.io.IOException;
import java.io.Reader;

/// Splits ARFF into words, quoted texts and marks.
///
/// Spaces end a word, a `%` that begins one begins a comment, a backslash within quotes stands
/// before the character that is meant. Quotes end in the line where they begin.
final class ArffTokens {

  /// Longer words and texts end the reading.
  static final int MAX_TEXT = 1 << 18;

  private static final int NONE = -2;
  private static final int END = -1;

  private final Reader in;
  private final char[] buffer = new char[1 << 14];
  private int position;
  private int limit;
  private int pushedBack = NONE;
  private final StringBuilder text = new StringBuilder();
  private long line = 1;
  private boolean lineEnded;

  ArffTokens(Reader in) {
    this.in = in;
  }

  /// What a token is.
  enum Kind {
    WORD,
    QUOTED,
    COMMA,
    OPEN,
    CLOSE,
    /// A quoted text that its line does not end.
    UNCLOSED,
    END_OF_LINE,
    END_OF_FILE
  }

  /// The text of the last token, if that was a word or a quoted text.
  String text() {
    return text.toString();
  }

  /// The line of the last token, counted from 1.
  long line() {
    return line;
  }

  Kind next() throws IOException {
    if (lineEnded) {
      lineEnded = false;
      line++;
    }
    int c = read();
    while (c >= 0 && c <= ' ' && !isLineEnd(c)) {
      c = read();
    }
    if (c == '%') {
      while (c != END && !isLineEnd(c)) {
        c = read();
      }
    }
    if (isLineEnd(c)) {
      endLine(c);
      return Kind.END_OF_LINE;
    }
    return switch (c) {
      case END -> Kind.END_OF_FILE;
      case ',' -> Kind.COMMA;
      case '{' -> Kind.OPEN;
      case '}' -> Kind.CLOSE;
      case '\'', '"' -> quoted(c);
      default -> word(c);
    };
  }

  private Kind word(int first) throws IOException {
    text.setLength(0);
    int c = first;
    while (c > ' ' && c != ',' && c != '{' && c != '}') {
      append(c);
      c = read();
    }
    pushedBack = c;
    return Kind.WORD;
  }

  private Kind quoted(int quote) throws IOException {
    text.setLength(0);
    for (int c = read(); c != quote; c = read()) {
      if (c == END || isLineEnd(c)) {
        pushedBack = c;
        return Kind.UNCLOSED;
      }
      if (c == '\\') {
        c = read();
        if (c == END || isLineEnd(c)) {
          pushedBack = c;
          return Kind.UNCLOSED;
        }
        c = escaped(c);
      }
      append(c);
    }
    return Kind.QUOTED;
  }

  private static int escaped(int c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }

  private void append(int c) throws IOException {
    if (text.length() == MAX_TEXT) {
      throw new UnreadableTextException(
          line, "a value has more than %d characters; is a quote left open?".formatted(MAX_TEXT));
    }
    text.append((char) c);
  }

  /// Goes to the end of the line, unless the last token was it.
  void skipLine(Kind last) throws IOException {
    Kind kind = last;
    while (kind != Kind.END_OF_LINE && kind != Kind.END_OF_FILE) {
      kind = next();
    }
  }

  private void endLine(int c) throws IOException {
    lineEnded = true;
    if (c == '\r') {
      int after = read();
      if (after != '\n') {
        pushedBack = after;
      }
    }
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r';
  }

  private int read() throws IOException {
    if (pushedBack != NONE) {
      int c = pushedBack;
      pushedBack = NONE;
      return c;
    }
    if (position == limit) {
      position = 0;
      limit = Math.max(0, in.read(buffer, 0, buffer.length));
      if (limit == 0) {
        return END;
      }
    }
    return buffer[position++];
  }
}
