package dev.backprop.bench.peers;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Product;
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
/// Arguments: rounds (2), threads (1), and the workloads and contestants, all where none is named.
public final class PeerTable {

  /// What a contestant says that cannot take part.
  private static final String NO_SUCH = "has no such";

  private final int threads;
  private final Path root;
  private final Map<String, List<String>> contestants;

  private PeerTable(int threads, Path root, Map<String, List<String>> contestants) {
    this.threads = threads;
    this.root = root;
    this.contestants = contestants;
  }

  /// Seconds of a training and its loss.
  private record Result(double seconds, double loss) {}

  /// Runs it.
  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    int threads = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    List<String> contestants = new ArrayList<>(List.of(args));
    contestants.subList(0, Math.min(2, args.length)).clear();
    List<Workload> workloads =
        Workload.ALL.stream().filter(workload -> contestants.remove(workload.name())).toList();
    PeerTable table =
        new PeerTable(
            threads, Files.createTempDirectory("peers"), Contestants.commands(contestants));
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
    for (Workload workload : workloads.isEmpty() ? Workload.ALL : workloads) {
      workload.write(table.root.resolve(workload.name()));
      for (int round = 1; round <= rounds; round++) {
        table.run(workload, round);
      }
    }
  }

  private void run(Workload workload, int round) throws IOException, InterruptedException {
    double peak = threads * peak();
    Map<String, Result> results = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> contestant : contestants.entrySet()) {
      Result result = result(contestant.getValue(), root.resolve(workload.name()));
      if (result != null) {
        results.put(contestant.getKey(), result);
      }
    }
    double best =
        results.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(Contestants.OURS))
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

  /// Null where the contestant says that it cannot take part.
  private @Nullable Result result(List<String> command, Path directory)
      throws IOException, InterruptedException {
    List<String> pinned =
        new ArrayList<>(List.of("taskset", "-c", threads == 1 ? "0" : "0-" + (threads - 1)));
    pinned.addAll(command);
    pinned.addAll(List.of(directory.toString(), Integer.toString(threads)));
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
    throw new IllegalStateException(String.join(" ", pinned) + " says " + output);
  }

  /// Operations a second of one core in a product that suits it.
  private static double peak() {
    int n = 768;
    Products products = new Products(BlasProvider.best().blas());
    Matrix a = new Matrix(n, n);
    Matrix b = new Matrix(n, n);
    Product product = products.plain(a, b, new Matrix(n, n));
    double fastest = Double.MAX_VALUE;
    for (int i = 0; i < 40; i++) {
      long start = System.nanoTime();
      product.compute();
      fastest = Math.min(fastest, (System.nanoTime() - start) / 1e9);
    }
    return 2.0 * n * n * n / fastest;
  }
}
