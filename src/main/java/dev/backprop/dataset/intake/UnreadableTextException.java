package dev.backprop.dataset.intake;

import java.io.IOException;

/// The bytes of a file are not the text that they should be.
public final class UnreadableTextException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long line;

  UnreadableTextException(long line, String detail) {
    super(detail);
    this.line = line;
  }

  /// The line, counted from 1.
  public long line() {
    return line;
  }
}
