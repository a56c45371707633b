package dev.backprop.system;

import dev.backprop.system.json.HttpProperties;
import dev.backprop.system.security.SecurityProperties;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.servlet.autoconfigure.MultipartProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/// Says once, when the server is ready, where it is and how it is set up.
@Component
class StartLog {

  private static final Logger log = LoggerFactory.getLogger("Backprop Server");

  private final List<SystemFact> facts;
  private final SecurityProperties security;
  private final ServerProperties server;
  private final HttpProperties http;
  private final MultipartProperties multipart;

  StartLog(
      List<SystemFact> facts,
      SecurityProperties security,
      ServerProperties server,
      HttpProperties http,
      MultipartProperties multipart) {
    this.facts = facts;
    this.security = security;
    this.server = server;
    this.http = http;
    this.multipart = multipart;
  }

  @EventListener
  void ready(ApplicationReadyEvent event) {
    String port = event.getApplicationContext().getEnvironment().getProperty("local.server.port");
    if (port == null) {
      return; // without a web server, as in a test
    }
    log.info(
        facts.stream()
            .map(fact -> fact.name() + " " + fact.value())
            .collect(Collectors.joining(", ")));
    log.info("ready at http://{}:{}/ - API at /swagger-ui.html", host(server.getAddress()), port);
    log.info("access: {}; hosts: {}", access(), String.join(", ", security.allowedHosts()));
    log.info(
        "limits: JSON body {}, upload {}",
        size(http.maxJsonBody()),
        size(multipart.getMaxFileSize()));
  }

  private static String size(DataSize size) {
    return size.toMegabytes() > 0 ? size.toMegabytes() + " MB" : size.toKilobytes() + " kB";
  }

  private static String host(@Nullable InetAddress address) {
    if (address == null || address.isAnyLocalAddress() || address.isLoopbackAddress()) {
      return "localhost";
    }
    return address.getHostAddress();
  }

  private String access() {
    if (security.hasKeys()) {
      return "by " + security.apiKeys().size() + " API key(s)";
    }
    InetAddress address = server.getAddress();
    return address != null && address.isLoopbackAddress()
        ? "open, to this machine only"
        : "OPEN TO EVERYBODY who reaches the port (backprop.security.allow-unauthenticated=true)";
  }
}
