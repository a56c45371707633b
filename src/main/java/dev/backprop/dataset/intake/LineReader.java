package dev.backprop.dataset.intake;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/// Reads a text line by line, where no line is longer than a limit.
final class LineReader {

  /// Characters of a line: 20,000 columns with long names and numbers take less.
  static final int LONGEST = 1 << 22;

  private final Reader in;
  private final char[] buffer = new char[1 << 15];
  private final StringBuilder text = new StringBuilder();
  private int at;
  private int end;
  private long line;

  LineReader(Reader in) {
    this.in = in;
  }

  /// The number of the line that was read last, counted from 1.
  long line() {
    return line;
  }

  /// The next line without its end, null after the last.
  ///
  /// @throws UnreadableTextException if the line is too long
  @Nullable String next() throws IOException {
    line++;
    text.setLength(0);
    boolean any = false;
    while (at < end || fill()) {
      any = true;
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      text.append(buffer, from, at - from);
      if (text.length() > LONGEST) {
        throw new UnreadableTextException(
            line, "the line has more than %d characters".formatted(LONGEST));
      }
      if (at < end) {
        at++;
        break;
      }
    }
    return any ? text.toString() : null;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    return end > 0;
  }
}
