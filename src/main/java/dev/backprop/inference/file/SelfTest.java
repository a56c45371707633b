package dev.backprop.inference.file;

import dev.backprop.dataset.preprocessing.RawRow;
import dev.backprop.inference.NamedScores;
import dev.backprop.inference.Prediction;
import dev.backprop.inference.Predictor;
import dev.backprop.inference.RawRows;
import dev.backprop.inference.RawRowsReader;
import dev.backprop.model.Model;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/// `self-test.json`: raw rows, and what the model says of them.
///
/// @param rows values in the order of the features: a number, a text (categories, dates, `true` and
///   `false`) or null where it is missing
/// @param outputs for each row the numbers of its prediction in their order, or null where it is
///   refused
record SelfTest(
    @NotNull(message = "is required")
        @JsonDeserialize(using = RawRowsReader.Inputs.class)
        @JsonSerialize(using = SelfTest.RowsWriter.class)
        @Nullable RawRows rows,
    @NotNull(message = "is required") @Nullable List<float @Nullable []> outputs) {

  static final String NAME = "self-test.json";

  /// What a model says of rows of its own.
  static SelfTest of(Model model, Predictor predictor) {
    RawRows rows = SelfTestRows.of(model.preprocessor());
    return new SelfTest(rows, outputs(model, rows, predictor));
  }

  /// The numbers of the predictions for rows, null for those that are refused.
  static List<float @Nullable []> outputs(Model model, RawRows rows, Predictor predictor) {
    List<float @Nullable []> outputs = new ArrayList<>();
    for (Prediction prediction : predictor.score(model, rows)) {
      NamedScores scores = prediction.scores();
      outputs.add(scores == null ? null : scores.numbers());
    }
    return outputs;
  }

  /// Writes rows as [RawRowsReader.Inputs] reads them.
  static final class RowsWriter extends ValueSerializer<RawRows> {

    @Override
    public void serialize(RawRows rows, JsonGenerator json, SerializationContext context) {
      json.writeStartArray();
      for (int row = 0; row < rows.size(); row++) {
        json.writeStartArray();
        RawRow values = rows.row(row);
        for (int feature = 0; feature < values.size(); feature++) {
          write(values, feature, json);
        }
        json.writeEndArray();
      }
      json.writeEndArray();
    }

    private static void write(RawRow values, int feature, JsonGenerator json) {
      if (values.isMissing(feature)) {
        json.writeNull();
      } else if (values.text(feature) != null) {
        json.writeString(values.text(feature));
      } else {
        json.writeNumber(values.number(feature));
      }
    }
  }
}
