package dev.backprop.system.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/// Refuses requests for a name that is not the server's. A page on the web can point its own name
/// at this machine, but it cannot choose the `Host` header that the browser then sends.
final class HostFirewall extends StrictHttpFirewall {

  private static final String ANY = "*";

  private final List<String> allowed;

  HostFirewall(List<String> allowed) {
    this.allowed = allowed;
  }

  @Override
  public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
    String host = request.getServerName();
    if (!allowed.contains(ANY) && allowed.stream().noneMatch(host::equalsIgnoreCase)) {
      throw new HostNotAllowedException(host);
    }
    return super.getFirewalledRequest(request);
  }
}
