package dev.backprop.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `Prefer: wait=N`, RFC 7240: how long a caller would wait for the result.
final class WaitPreference {

  private static final Pattern WAIT =
      Pattern.compile("\\s*wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*", Pattern.CASE_INSENSITIVE);

  private WaitPreference() {}

  /// The preference, at most `limit`; nothing where there is none. One that cannot be read is none,
  /// as the RFC has it.
  ///
  /// @param headers the values of all `Prefer` headers
  static Optional<Duration> of(@Nullable List<String> headers, Duration limit) {
    if (headers == null) {
      return Optional.empty();
    }
    for (String header : headers) {
      for (String preference : header.split(",", -1)) {
        Matcher matcher = WAIT.matcher(preference.split(";", -1)[0]);
        if (matcher.matches()) {
          Duration wait = Duration.ofSeconds(Long.parseLong(matcher.group(1)));
          return Optional.of(wait.compareTo(limit) < 0 ? wait : limit);
        }
      }
    }
    return Optional.empty();
  }
}
