package dev.backprop.inference;

import dev.backprop.model.Model;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Answers with predictions that are sent while they are made.
@Component
class PredictStreams {

  private final Predictor predictor;
  private final InferenceProperties properties;
  private final JsonMapper json;

  PredictStreams(Predictor predictor, InferenceProperties properties, JsonMapper json) {
    this.predictor = predictor;
    this.properties = properties;
    this.json = json;
  }

  /// Answers for rows that are there already.
  ///
  /// @param options that fit the model
  void answer(
      Model model,
      RawRows rows,
      PredictOptions options,
      PredictFormat form,
      HttpServletResponse response)
      throws IOException {
    new PredictStream(
            predictor.scorer(model, rows.size(), options),
            rows,
            () -> begin(model, options, form, response))
        .run(() -> false);
  }

  /// Answers for rows that are read meanwhile.
  ///
  /// @param options that fit the model
  /// @param given the form of the rows, which is no JSON document
  void answer(
      Model model,
      InputStream body,
      PredictOptions options,
      PredictFormat given,
      PredictFormat form,
      HttpServletResponse response)
      throws IOException {
    RawRows rows = new RawRows();
    PredictStream stream =
        new PredictStream(
            predictor.scorer(model, Integer.MAX_VALUE, options),
            rows,
            () -> begin(model, options, form, response));
    InputStream in = new WaitingInput(body, stream::catchUp);
    int line = properties.maxLine();
    stream.run(
        given == PredictFormat.CSV
            ? new CsvRows(in, rows, model.preprocessor(), line)
            : new NdjsonRows(in, rows, json, line));
  }

  private PredictionWriter begin(
      Model model, PredictOptions options, PredictFormat form, HttpServletResponse response) {
    response.setContentType(form.contentType());
    try {
      OutputStream out = response.getOutputStream();
      return switch (form) {
        case JSON -> JsonPredictions.document(json, out, model);
        case NDJSON -> JsonPredictions.lines(json, out);
        case CSV -> new CsvPredictions(out, model, options);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
