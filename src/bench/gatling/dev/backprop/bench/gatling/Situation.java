package dev.backprop.bench.gatling;

/// What the server has to do beside the requests that are measured.
enum Situation {
  /// Nothing.
  IDLE("idle"),
  /// Requests of 10,000 rows, one after the other.
  ONE_CLIENT("1 client of 10,000 rows"),
  /// Two such clients.
  TWO_CLIENTS("2 clients of 10,000 rows"),
  /// A training that takes all threads of the pool.
  TRAINING("training");

  private final String label;

  Situation(String label) {
    this.label = label;
  }

  /// The name of a round's requests in Gatling's statistics and report.
  String requests(int round) {
    return "%s, round %d".formatted(label, round);
  }
}
