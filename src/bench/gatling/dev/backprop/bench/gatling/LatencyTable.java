package dev.backprop.bench.gatling;

import io.gatling.app.Gatling$;
import io.gatling.charts.stats.GeneralStats;
import io.gatling.charts.stats.LogFileData;
import io.gatling.charts.stats.LogFileReader;
import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.Status;
import io.gatling.core.config.GatlingConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import scala.Option;

/// Lets Gatling run [ConstantRate] and prints its response times, in milliseconds.
///
/// Arguments: the folder for Gatling's log and report. System properties: those of [ConstantRate].
public final class LatencyTable {

  private LatencyTable() {}

  /// Runs it.
  public static void main(String[] args) throws IOException {
    Path results = Path.of(args[0]).toAbsolutePath();
    int status =
        Gatling$.MODULE$.fromArgs(
            new String[] {"-s", ConstantRate.class.getName(), "-rf", results.toString()});
    if (status != 0) {
      System.exit(status);
    }
    LogFileData log =
        LogFileReader.apply(newest(results), results, GatlingConfiguration.load()).read();
    System.out.printf(
        "%-34s %6s %6s %6s %6s %6s %9s %7s%n",
        "ms", "p50", "p95", "p99", "p99.9", "max", "requests", "failed");
    for (int round = 1; round <= Integer.getInteger("rounds"); round++) {
      for (Situation situation : Situation.values()) {
        print(situation.requests(round), log);
      }
    }
    print(ConstantRate.BIG_REQUESTS, log);
    print(ConstantRate.TRAININGS, log);
  }

  /// The folders' names end in the time of the run.
  private static String newest(Path results) throws IOException {
    try (Stream<Path> runs = Files.list(results)) {
      return runs.map(Path::getFileName)
          .map(Path::toString)
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private static void print(String requests, LogFileData log) {
    GeneralStats all =
        log.requestGeneralStats(Option.apply(requests), Option.empty(), Option.empty()).get();
    Option<GeneralStats> failed =
        log.requestGeneralStats(
            Option.apply(requests), Option.empty(), Option.<Status>apply(KO$.MODULE$));
    System.out.printf(
        Locale.ROOT,
        "%-34s %6d %6d %6d %6d %6d %9d %7d%n",
        requests,
        percentile(all, 50),
        percentile(all, 95),
        percentile(all, 99),
        percentile(all, 99.9),
        all.max(),
        all.count(),
        failed.isEmpty() ? 0 : failed.get().count());
  }

  private static Object percentile(GeneralStats stats, double percent) {
    return stats.percentile().apply(percent);
  }
}
