package dev.backprop.system.security;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Who may call the server, and by which names.
///
/// @param apiKeys keys that callers send as `Authorization: Bearer <key>`; with none, every caller
///   that reaches the port may do everything
/// @param allowUnauthenticated whether to start without keys although others than this machine can
///   reach the port
/// @param allowedHosts what the `Host` header of a request may be; `*` for any name
@ConfigurationProperties("backprop.security")
public record SecurityProperties(
    @DefaultValue List<String> apiKeys,
    @DefaultValue("false") boolean allowUnauthenticated,
    @DefaultValue({"localhost", "127.0.0.1", "[::1]"}) List<String> allowedHosts) {

  /// Shorter keys can be guessed.
  static final int SHORTEST_KEY = 16;

  /// Copies the lists.
  public SecurityProperties {
    apiKeys = List.copyOf(apiKeys);
    allowedHosts = List.copyOf(allowedHosts);
  }

  /// Whether callers need a key.
  public boolean hasKeys() {
    return !apiKeys.isEmpty();
  }

  /// Leaves out the keys.
  @Override
  public String toString() {
    return "SecurityProperties[%d keys, allowUnauthenticated=%s, allowedHosts=%s]"
        .formatted(apiKeys.size(), allowUnauthenticated, allowedHosts);
  }
}
