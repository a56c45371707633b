package dev.backprop.inference;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.backprop.core.nn.Loss;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Model;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Predictions as CSV: `label` (or `labels`) with `probability_…` (or `margin_…`) of each class, or
/// the targets by their names; then `flags` and `error`. Several in one field are joined by `; `.
/// Where only the most probable labels are asked for, each has the columns `top_1` and
/// `probability_1`, and so on. Where intervals are asked for, `low_…` and `high_…` follow each
/// target.
final class CsvPredictions implements PredictionWriter {

  private static final String JOINED = "; ";

  private final CsvWriter csv;
  private final boolean labelled;
  private final int numbers;
  private final int top;
  private final List<String> intervals;

  CsvPredictions(OutputStream out, Model model, PredictOptions options) {
    csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.LF)
            .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    TargetEncoder target = model.preprocessor().target();
    List<String> labels = labels(target);
    labelled = !(target instanceof TargetEncoder.Values);
    top = options.topK() == null ? 0 : Math.min(options.topK(), labels.size());
    numbers = top > 0 ? 0 : labels.size();
    intervals = options.interval() == null ? List.of() : labels;
    List<String> columns = new ArrayList<>();
    switch (target) {
      case TargetEncoder.Classes _ -> columns.add("label");
      case TargetEncoder.Labels _ -> columns.add("labels");
      case TargetEncoder.Values values ->
          values.columns().forEach(column -> addTarget(column, columns));
    }
    if (labelled) {
      String score = PredictOptions.loss(model) instanceof Loss.Hinge ? "margin_" : "probability_";
      labels.stream().limit(numbers).map(label -> score + label).forEach(columns::add);
      IntStream.rangeClosed(1, top)
          .forEach(place -> columns.addAll(List.of("top_" + place, score + place)));
    }
    columns.add("flags");
    columns.add("error");
    csv.writeRecord(columns);
  }

  private void addTarget(String target, List<String> columns) {
    columns.add(target);
    if (!intervals.isEmpty()) {
      columns.addAll(List.of("low_" + target, "high_" + target));
    }
  }

  private static List<String> labels(TargetEncoder target) {
    return switch (target) {
      case TargetEncoder.Classes classes -> classes.labels();
      case TargetEncoder.Labels _, TargetEncoder.Values _ -> target.columns();
    };
  }

  @Override
  public void write(Prediction prediction) {
    CsvWriter.CsvWriterRecord row = csv.writeRecord();
    if (labelled) {
      row.writeField(label(prediction));
    }
    NamedScores scores = prediction.scores();
    for (int i = 0; i < numbers; i++) {
      row.writeField(scores == null ? "" : Float.toString(scores.number(i)));
      if (!intervals.isEmpty()) {
        writeInterval(prediction.intervals(), intervals.get(i), row);
      }
    }
    List<RankedLabel> ranked = prediction.top();
    for (int place = 0; place < top; place++) {
      row.writeField(ranked == null ? "" : ranked.get(place).label());
      row.writeField(ranked == null ? "" : Float.toString(ranked.get(place).score()));
    }
    row.writeField(prediction.flags() == null ? "" : String.join(JOINED, prediction.flags()));
    row.writeField(prediction.error() == null ? "" : prediction.error());
    row.endRecord();
  }

  private static void writeInterval(
      @Nullable Map<String, Interval> all, String target, CsvWriter.CsvWriterRecord row) {
    Interval interval = all == null ? null : all.get(target);
    row.writeField(interval == null ? "" : Float.toString(interval.low()));
    row.writeField(interval == null ? "" : Float.toString(interval.high()));
  }

  private static String label(Prediction prediction) {
    if (prediction.labels() != null) {
      return String.join(JOINED, prediction.labels());
    }
    return prediction.label() == null ? "" : prediction.label();
  }

  @Override
  public void flush() throws IOException {
    csv.flush();
  }

  @Override
  public void end() throws IOException {
    csv.flush();
  }
}
