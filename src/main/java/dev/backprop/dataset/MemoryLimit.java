package dev.backprop.dataset;

import org.springframework.util.unit.DataSize;

/// An amount of memory, written as a size (`512MB`) or as a share of the largest heap (`25%`).
///
/// @param bytes at least 1
public record MemoryLimit(long bytes) {

  /// Checks the amount.
  public MemoryLimit {
    if (bytes < 1) {
      throw new IllegalArgumentException("a memory limit of " + bytes + " bytes leaves no room");
    }
  }

  /// Reads a configured value.
  ///
  /// @throws IllegalArgumentException for anything but a size or a percentage from 1% to 100%
  public static MemoryLimit of(String text) {
    if (!text.endsWith("%")) {
      return new MemoryLimit(DataSize.parse(text).toBytes());
    }
    int percent = Integer.parseInt(text, 0, text.length() - 1, 10);
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException("'" + text + "' is not between 1% and 100%");
    }
    return new MemoryLimit(Math.max(1, Runtime.getRuntime().maxMemory() / 100 * percent));
  }

  @Override
  public String toString() {
    return bytes + " bytes";
  }
}
