package dev.backprop.system.security;

import org.springframework.security.web.firewall.RequestRejectedException;

/// The request names a host that this server does not answer for.
final class HostNotAllowedException extends RequestRejectedException {

  private static final long serialVersionUID = 1L;

  HostNotAllowedException(String host) {
    super(
        "This server does not answer for the host '%s'. If it should, add the name to"
                .formatted(host)
            + " backprop.security.allowed-hosts.");
  }
}
