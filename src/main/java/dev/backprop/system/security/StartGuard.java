package dev.backprop.system.security;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/// Refuses to start a server that anybody on the network could use, unless that is asked for.
@Component
final class StartGuard {

  StartGuard(SecurityProperties security, ServerProperties server) {
    check(security, server.getAddress());
  }

  static void check(SecurityProperties security, @Nullable InetAddress address) {
    if (security.apiKeys().stream()
        .anyMatch(key -> key.strip().length() < SecurityProperties.SHORTEST_KEY)) {
      throw new UnsafeStartException(
          "A key in backprop.security.api-keys has fewer than "
              + SecurityProperties.SHORTEST_KEY
              + " characters and could be guessed.",
          "Use a longer one, such as the output of: openssl rand -base64 24");
    }
    boolean local = address != null && address.isLoopbackAddress();
    if (!local && !security.hasKeys() && !security.allowUnauthenticated()) {
      throw new UnsafeStartException(
          "The server is to listen on "
              + (address == null ? "every address" : address.getHostAddress())
              + " but has no API keys: anybody who reaches it could use it.",
          "Set backprop.security.api-keys, or leave server.address at 127.0.0.1, or, where"
              + " something in front of the server checks callers, set"
              + " backprop.security.allow-unauthenticated=true.");
    }
  }
}
