package dev.backprop.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.metric.ClassCounts;
import dev.backprop.core.metric.Metric;
import dev.backprop.dataset.Dataset;
import dev.backprop.model.Evaluation;
import dev.backprop.model.Model;
import dev.backprop.problem.EnumNames;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How good a model is on a data set, for the caller.
@Schema(name = "Evaluation", description = "How good a model is on a data set")
@JsonInclude(JsonInclude.Include.NON_NULL)
record EvaluationView(
    @Schema(example = "iris") String model,
    @Schema(example = "3") int version,
    @Schema(description = "SHA-256 of the content of the data set") String datasetSha256,
    @Schema(description = "All of the data set; each counts the same", example = "150") int rows,
    @Schema(
            description =
                "Mean over the rows of the loss that the training minimized: of standardized"
                    + " targets where targets are standardized",
            example = "0.1404")
        double loss,
    @Schema(
            description =
                "By the names and formulas of the model's metrics; what there is for its task, its"
                    + " output and these rows",
            example = "{\"accuracy\": 0.96, \"balancedAccuracy\": 0.96, \"macroF1\": 0.9599}")
        Map<String, Double> metrics,
    @Schema(description = "Of each class or label; left out of regressions")
        @Nullable List<ClassView> classes,
    @Schema(
            description =
                "Which classes are taken for which; left out of regressions, of multilabel models"
                    + " and beyond 100 classes")
        @Nullable Confusion confusion) {

  /// How well one class is told from the others.
  @Schema(name = "ClassEvaluation")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ClassView(
      @Schema(example = "virginica") String label,
      @Schema(description = "Rows that have it", example = "50") long rows,
      @Schema(description = "Rows that it is predicted for", example = "48") long predicted,
      @Schema(
              description = "Share of the rows with this prediction that have it; left out of none",
              example = "0.9792")
          @Nullable Double precision,
      @Schema(
              description = "Share of the rows that have it with this prediction; left out of none",
              example = "0.94")
          @Nullable Double recall,
      @Schema(
              description = "Harmonic mean of both; left out where no row has it or gets it",
              example = "0.9592")
          @Nullable Double f1) {

    static ClassView of(String label, long had, long got, long right) {
      return new ClassView(
          label, had, got, share(right, got), share(right, had), share(2 * right, had + got));
    }

    private static @Nullable Double share(long part, long whole) {
      return whole == 0 ? null : (double) part / whole;
    }
  }

  /// Rows by their own class and the predicted one.
  @Schema(name = "Confusion")
  record Confusion(
      @Schema(example = "[\"setosa\", \"versicolor\", \"virginica\"]") List<String> labels,
      @Schema(
              description =
                  "A row for each class that rows have, a column for each that is predicted",
              example = "[[50, 0, 0], [0, 47, 3], [0, 3, 47]]")
          List<List<Long>> counts) {

    static Confusion of(List<String> labels, long[][] matrix) {
      return new Confusion(
          labels, Arrays.stream(matrix).map(row -> Arrays.stream(row).boxed().toList()).toList());
    }
  }

  /// @param labels of the classes or labels, empty of a regression
  static EvaluationView of(
      Model model,
      Dataset data,
      Evaluation.Result result,
      List<String> labels,
      @Nullable ClassCounts counts) {
    long[][] matrix = counts == null ? null : counts.matrix();
    return new EvaluationView(
        model.name(),
        model.version(),
        data.sha256(),
        data.rows(),
        result.loss(),
        byName(result.metrics()),
        counts == null
            ? null
            : IntStream.range(0, labels.size())
                .mapToObj(
                    i ->
                        ClassView.of(
                            labels.get(i), counts.had()[i], counts.got()[i], counts.right()[i]))
                .toList(),
        matrix == null ? null : Confusion.of(labels, matrix));
  }

  private static Map<String, Double> byName(Map<Metric, Double> metrics) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      Double value = metrics.get(metric);
      if (value != null) {
        named.put(EnumNames.of(metric), value);
      }
    }
    return named;
  }
}
