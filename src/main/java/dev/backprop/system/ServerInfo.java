package dev.backprop.system;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.stereotype.Component;

/// Gives the facts about the server to `/actuator/info`.
@Component
class ServerInfo implements InfoContributor {

  private final List<SystemFact> facts;

  ServerInfo(List<SystemFact> facts) {
    this.facts = facts;
  }

  @Override
  public void contribute(Info.Builder builder) {
    Map<String, String> server = new LinkedHashMap<>();
    facts.forEach(fact -> server.put(fact.name(), fact.value()));
    builder.withDetail("server", server);
  }
}
