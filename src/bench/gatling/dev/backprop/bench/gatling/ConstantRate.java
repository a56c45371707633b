package dev.backprop.bench.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Predictions of one row at a constant rate, whether or not the ones before are answered, in one
/// [Situation] after the other, round after round. Round 0 comes first and only warms up: there the
/// rate rises, for at its full height code not yet compiled would need thousands of connections.
///
/// System properties: `base`, the address of a server that has a model `iris`; `rate`, requests a
/// second; `seconds` of a measurement; `rounds`.
public final class ConstantRate extends Simulation {

  /// How long what is measured waits for what is beside it to be under way, and for the rest of
  /// what was before it.
  private static final Duration HEAD_START = Duration.ofSeconds(1);

  private static final int BIG = 10_000;

  /// The names of all rounds' requests beside those that are measured, in Gatling's statistics.
  static final String BIG_REQUESTS = BIG + " rows";

  static final String TRAININGS = "to start a training";

  private final Duration measured = Duration.ofSeconds(Integer.getInteger("seconds"));
  private final Duration slot = HEAD_START.plus(measured);
  private final int rate = Integer.getInteger("rate");

  /// Plans all rounds.
  public ConstantRate() {
    List<PopulationBuilder> populations = new ArrayList<>();
    Duration start = Duration.ZERO;
    for (int round = 0; round <= Integer.getInteger("rounds"); round++) {
      for (Situation situation : Situation.values()) {
        String name = situation.requests(round);
        populations.add(
            scenario(name)
                .exec(predict(name, 1))
                .injectOpen(
                    nothingFor(start.plus(HEAD_START)),
                    round == 0
                        ? rampUsersPerSec(1).to(rate).during(measured)
                        : constantUsersPerSec(rate).during(measured)));
        populations.addAll(beside(situation, name, start));
        start = start.plus(slot);
      }
    }
    setUp(populations)
        .protocols(
            http.baseUrl(System.getProperty("base"))
                .contentTypeHeader("application/json")
                .shareConnections()
                .disableWarmUp());
  }

  private List<PopulationBuilder> beside(Situation situation, String name, Duration start) {
    ScenarioBuilder beside = scenario("beside " + name);
    ScenarioBuilder big = beside.exec(during(slot).on(predict(BIG_REQUESTS, BIG)));
    return switch (situation) {
      case IDLE -> List.of();
      case ONE_CLIENT -> List.of(big.injectOpen(nothingFor(start), atOnceUsers(1)));
      case TWO_CLIENTS -> List.of(big.injectOpen(nothingFor(start), atOnceUsers(2)));
      case TRAINING -> List.of(beside.exec(train()).injectOpen(nothingFor(start), atOnceUsers(1)));
    };
  }

  private static ChainBuilder predict(String name, int rows) {
    String row = "[0.25, 0.75]";
    String body = "{\"inputs\": [" + (row + ",").repeat(rows - 1) + row + "]}";
    return exec(http(name).post("/api/v1/models/iris/predict").body(StringBody(body)));
  }

  /// Asks for a training that stops by itself when the measurement ends.
  private ChainBuilder train() {
    return exec(
        http(TRAININGS)
            .post("/api/v1/jobs")
            .body(
                StringBody(
                    """
                    {"name": "busy", "dataset": {"generator": {"type": "gaussians", "rows": 20000}},
                     "network": {"hidden": [{"units": 256}, {"units": 256}]},
                     "training": {"epochs": 1000000, "threads": 2, "stopWhen": {"seconds": %d}}}"""
                        .formatted(slot.toSeconds()))));
  }
}
