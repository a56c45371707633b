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
import java.util.Objects;
import java.util.stream.Stream;

/// Predictions as CSV: `label` (or `labels`) with `probability_…` (or `margin_…`) of each class, or
/// the targets by their names; then `flags` and `error`. Several in one field are joined by `; `.
final class CsvPredictions implements PredictionWriter {

  private static final String JOINED = "; ";

  private final CsvWriter csv;
  private final boolean labelled;
  private final int numbers;

  CsvPredictions(OutputStream out, Model model) {
    csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.LF)
            .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    TargetEncoder target = model.preprocessor().target();
    List<String> columns = new ArrayList<>(columns(model, target));
    labelled = !(target instanceof TargetEncoder.Values);
    numbers = columns.size() - (labelled ? 1 : 0);
    columns.add("flags");
    columns.add("error");
    csv.writeRecord(columns);
  }

  private static List<String> columns(Model model, TargetEncoder target) {
    Loss loss = Objects.requireNonNull(model.spec().training()).loss();
    String prefix = loss instanceof Loss.Hinge ? "margin_" : "probability_";
    return switch (target) {
      case TargetEncoder.Classes classes -> columns("label", prefix, classes.labels());
      case TargetEncoder.Labels labels -> columns("labels", prefix, labels.columns());
      case TargetEncoder.Values values -> values.columns();
    };
  }

  private static List<String> columns(String first, String prefix, List<String> labels) {
    return Stream.concat(Stream.of(first), labels.stream().map(label -> prefix + label)).toList();
  }

  @Override
  public void write(Prediction prediction) {
    CsvWriter.CsvWriterRecord row = csv.writeRecord();
    if (labelled) {
      row.writeField(label(prediction));
    }
    Scores scores = prediction.scores();
    for (int i = 0; i < numbers; i++) {
      row.writeField(scores == null ? "" : Float.toString(scores.number(i)));
    }
    row.writeField(prediction.flags() == null ? "" : String.join(JOINED, prediction.flags()));
    row.writeField(prediction.error() == null ? "" : prediction.error());
    row.endRecord();
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
