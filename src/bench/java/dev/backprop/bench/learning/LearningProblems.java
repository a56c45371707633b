package dev.backprop.bench.learning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Trains each problem for five seeds, by the server and by its peers, and writes the table in
/// `docs/learning.md`.
public final class LearningProblems {

  private static final Logger log = LoggerFactory.getLogger(LearningProblems.class);

  private static final Path PAGE = Path.of("docs/learning.md");
  private static final String BEGIN = "<!-- table -->";
  private static final String END = "<!-- end of table -->";
  private static final String HEAD =
      """
      | problem | hidden layers, Adam | goal | ours | scikit-learn | PyTorch | against scikit-learn | against PyTorch |
      |---|---|---|---|---|---|---|---|
      """;
  private static final int SEEDS = 5;

  private LearningProblems() {}

  /// Runs all problems, or those named.
  ///
  /// @param arguments the folder with the data, the Python to use, a regular expression of names
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("learning");
    List<Scores> table = new ArrayList<>();
    try (Server server = new Server();
        Peers peers = new Peers(arguments[1])) {
      for (Problem problem : Problems.all(Path.of(arguments[0]))) {
        if (problem.name().matches(arguments[2])) {
          Scores scores = run(problem, server, peers, folder);
          log.warn("{}", scores.toMarkdown());
          table.add(scores);
        }
      }
    }
    write(table);
    if (!table.stream().allMatch(Scores::good)) {
      throw new IllegalStateException("a goal is missed, or a peer is better, see above");
    }
  }

  private static Scores run(Problem problem, Server server, Peers peers, Path folder) {
    Scores scores = new Scores(problem, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int seed = 1; seed <= SEEDS; seed++) {
      Rows rows = problem.data().rows(server, seed);
      scores.ours().add(score(problem, rows.heldOut(), server.predict(problem, rows, seed)));
      JsonNode others = peers.scores(problem, rows, seed, folder);
      scores.scikitLearn().add(others.get("scikit-learn").asDouble());
      scores.torch().add(others.get("PyTorch").asDouble());
      log.warn("{} seed {}: {} {}", problem.name(), seed, scores.ours().getLast(), others);
    }
    return scores;
  }

  private static double score(Problem problem, List<Rows.Row> rows, List<String> predicted) {
    if (predicted.size() != rows.size()) {
      throw new IllegalStateException(predicted.size() + " predictions of " + rows.size());
    }
    IntStream all = IntStream.range(0, rows.size());
    return problem.isClassification()
        ? all.filter(i -> predicted.get(i).equals(rows.get(i).target())).count()
            / (double) rows.size()
        : Math.sqrt(
            all.mapToDouble(
                    i ->
                        Math.pow(
                            Double.parseDouble(predicted.get(i))
                                - Double.parseDouble(rows.get(i).target()),
                            2))
                .average()
                .orElseThrow());
  }

  /// Replaces the rows of the problems that were trained, and appends those that are new.
  private static void write(List<Scores> table) throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    Map<String, String> rows = new LinkedHashMap<>();
    page.substring(begin, end)
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| problem "))
        .forEach(line -> rows.put(line.split(" ", 3)[1], line));
    table.forEach(scores -> rows.put(scores.problem().name(), scores.toMarkdown()));
    String body = HEAD + String.join("\n", rows.values());
    Files.writeString(
        PAGE, page.substring(0, begin) + "\n\n" + body + "\n\n" + page.substring(end));
  }
}
