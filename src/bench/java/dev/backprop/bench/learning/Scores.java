package dev.backprop.bench.learning;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The scores of one problem, a row of the table.
///
/// @param ours a score for each seed, as the others
record Scores(Problem problem, List<Double> ours, List<Double> scikitLearn, List<Double> torch) {

  /// The 97.5 % quantile of Student's t with 4 degrees of freedom.
  private static final double T_OF_FIVE_SEEDS = 2.776;

  /// The row in Markdown.
  String toMarkdown() {
    return "| %s | %s | %s | %s | %s | %s | %s | %s |"
        .formatted(
            problem.name(),
            describe(),
            goal(),
            show(ours),
            show(scikitLearn),
            show(torch),
            against(scikitLearn),
            against(torch));
  }

  /// Whether the goal is reached and neither peer is better beyond chance.
  boolean good() {
    return problem.goal().reached(mean(ours)) && !isBehind(scikitLearn) && !isBehind(torch);
  }

  /// Whether the peer is better by a two-sided t-test at 5 %.
  private boolean isBehind(List<Double> peer) {
    return lead(peer) < -T_OF_FIVE_SEEDS * standardError(peer);
  }

  private String describe() {
    return "%s %s, η %s, batches of %d, %d epochs"
        .formatted(
            problem.hidden().stream().map(String::valueOf).reduce((a, b) -> a + "-" + b).orElse(""),
            problem.activation(),
            problem.learningRate(),
            problem.batchSize(),
            problem.epochs());
  }

  private String goal() {
    return switch (problem.goal()) {
      case Problem.Goal.Accuracy(double least) -> "≥ " + percent(least);
      case Problem.Goal.Rmse(double noise) -> String.format(Locale.ROOT, "≤ %.4f", 1.05 * noise);
    };
  }

  private String show(List<Double> scores) {
    return problem.isClassification()
        ? percent(mean(scores)) + " ± " + percent(deviation(scores))
        : String.format(Locale.ROOT, "%.4f ± %.4f", mean(scores), deviation(scores));
  }

  private String against(List<Double> peer) {
    double lead = lead(peer);
    double error = standardError(peer);
    String verdict = Math.abs(lead) <= error ? "equal" : lead > 0 ? "better" : "worse";
    return problem.isClassification()
        ? String.format(Locale.ROOT, "%s: %+.2f ± %.2f", verdict, 100 * lead, 100 * error)
        : String.format(Locale.ROOT, "%s: %+.4f ± %.4f", verdict, lead, error);
  }

  /// By how much ours is better, seed by seed on the same rows, in the mean.
  private double lead(List<Double> peer) {
    return mean(leads(peer));
  }

  private double standardError(List<Double> peer) {
    return deviation(leads(peer)) / Math.sqrt(peer.size());
  }

  private List<Double> leads(List<Double> peer) {
    int sign = problem.isClassification() ? 1 : -1;
    return IntStream.range(0, peer.size())
        .mapToObj(i -> sign * (ours.get(i) - peer.get(i)))
        .toList();
  }

  private static double mean(List<Double> scores) {
    return scores.stream().mapToDouble(x -> x).average().orElseThrow();
  }

  /// The sample standard deviation.
  private static double deviation(List<Double> scores) {
    double mean = mean(scores);
    double sum = scores.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt(sum / (scores.size() - 1));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}
