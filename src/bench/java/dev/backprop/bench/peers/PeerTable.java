package dev.backprop.bench.peers;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lets this project and its peers do the same trainings in turns, each in a process of its own,
/// and prints samples a second, the ratio to the fastest peer, the share of the core's measured
/// peak, and the last losses, which must agree.
///
/// Arguments: rounds (2), threads (1), and the workloads, all where none is named.
public final class PeerTable {

  private static final String OURS = "backprop";

  /// What a contestant says that cannot take part.
  private static final String NO_SUCH = "has no such";

  private final int threads;
  private final Path root;

  private PeerTable(int threads, Path root) {
    this.threads = threads;
    this.root = root;
  }

  /// Seconds of a training and its loss.
  private record Result(double seconds, double loss) {}

  /// Runs it.
  public static void main(String[] args) throws IOException, InterruptedException {
    String[] words = args.length == 0 ? args : args[0].split("[ ,]", -1);
    int rounds = words.length > 0 ? Integer.parseInt(words[0]) : 2;
    int threads = words.length > 1 ? Integer.parseInt(words[1]) : 1;
    List<String> named = words.length > 2 ? List.of(words).subList(2, words.length) : List.of();
    Path root = Files.createTempDirectory("peers");
    PeerTable table = new PeerTable(threads, root);
    System.out.printf(
        Locale.ROOT,
        "%-4s %-10s %5s %12s %8s %8s %10s%n",
        "",
        "",
        "round",
        "samples/s",
        "of best",
        "of peak",
        "loss");
    for (Workload workload : Workload.ALL) {
      if (named.isEmpty() || named.contains(workload.name())) {
        workload.write(root.resolve(workload.name()));
        for (int round = 1; round <= rounds; round++) {
          table.run(workload, round);
        }
      }
    }
  }

  private void run(Workload workload, int round) throws IOException, InterruptedException {
    double peak = threads * peak();
    Map<String, Result> results = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> contestant : contestants(workload).entrySet()) {
      Result result = result(contestant.getValue());
      if (result != null) {
        results.put(contestant.getKey(), result);
      }
    }
    double best =
        results.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(OURS))
            .mapToDouble(entry -> entry.getValue().seconds())
            .min()
            .orElse(Double.NaN);
    results.forEach(
        (name, result) ->
            System.out.printf(
                Locale.ROOT,
                "%-4s %-10s %5d %12.0f %8.2f %8.2f %10.6f%n",
                workload.name(),
                name,
                round,
                (double) workload.rows() * workload.epochs() / result.seconds(),
                best / result.seconds(),
                workload.operations() / result.seconds() / peak,
                result.loss()));
  }

  private Map<String, List<String>> contestants(Workload workload) {
    String directory = root.resolve(workload.name()).toString();
    Map<String, List<String>> contestants = new LinkedHashMap<>();
    contestants.put(OURS, java(Ours.class.getName(), directory));
    for (String framework : List.of("numpy", "torch", "sklearn")) {
      contestants.put(
          framework,
          List.of(
              "/usr/bin/python3",
              "src/bench/python/peer_train.py",
              framework,
              directory,
              Integer.toString(threads)));
    }
    for (String peer : List.of("Djl", "Encog")) {
      String name = PeerTable.class.getPackageName() + "." + peer;
      if (isPresent(name)) {
        contestants.put(peer.toLowerCase(Locale.ROOT), java(name, directory));
      }
    }
    return contestants;
  }

  private static boolean isPresent(String name) {
    try {
      Class.forName(name, false, PeerTable.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException _) {
      return false;
    }
  }

  private List<String> java(String main, String directory) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-classpath",
        System.getProperty("java.class.path"),
        main,
        directory,
        Integer.toString(threads));
  }

  /// Null where the contestant says that it cannot take part.
  private @Nullable Result result(List<String> command) throws IOException, InterruptedException {
    List<String> pinned =
        new ArrayList<>(List.of("taskset", "-c", threads == 1 ? "0" : "0-" + (threads - 1)));
    pinned.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(pinned).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    for (String line : output.lines().toList()) {
      if (line.startsWith("RESULT ")) {
        String[] words = line.split(" ", -1);
        return new Result(Double.parseDouble(words[1]), Double.parseDouble(words[2]));
      }
    }
    if (output.contains(NO_SUCH)) {
      return null;
    }
    throw new IllegalStateException(String.join(" ", command) + " says " + output);
  }

  /// Operations a second of one core in a product that suits it.
  private static double peak() {
    int n = 768;
    Products products = new Products(BlasProvider.best().blas());
    Matrix a = new Matrix(n, n);
    Matrix b = new Matrix(n, n);
    Matrix c = new Matrix(n, n);
    double fastest = Double.MAX_VALUE;
    for (int i = 0; i < 40; i++) {
      long start = System.nanoTime();
      products.multiply(a, b, c);
      fastest = Math.min(fastest, (System.nanoTime() - start) / 1e9);
    }
    return 2.0 * n * n * n / fastest;
  }
}
