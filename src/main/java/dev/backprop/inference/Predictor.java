package dev.backprop.inference;

import dev.backprop.core.linalg.Products;
import dev.backprop.model.Model;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/// Runs rows through models.
@Component
public class Predictor {

  private final Products products;

  Predictor(Products products) {
    this.products = products;
  }

  /// Takes the rows of one request.
  ///
  /// @param rows that will come at most
  public RowScorer scorer(Model model, int rows) {
    return scorer(model, rows, PredictOptions.NONE);
  }

  /// Takes the rows of one request.
  ///
  /// @param rows that will come at most
  /// @param options that fit the model
  RowScorer scorer(Model model, int rows, PredictOptions options) {
    return new RowScorer(model, products, rows, options);
  }

  /// A prediction for each row, an error in place of the bad ones.
  ///
  /// @param options that fit the model
  PredictResponse predict(Model model, PredictRequest request, PredictOptions options) {
    return new PredictResponse(
        model.name(), model.version(), score(model, request.given(), options));
  }

  /// A prediction for each row, an error in place of the bad ones.
  public List<Prediction> score(Model model, RawRows rows) {
    return score(model, rows, PredictOptions.NONE);
  }

  /// A prediction for each row, an error in place of the bad ones.
  ///
  /// @param options that fit the model
  List<Prediction> score(Model model, RawRows rows, PredictOptions options) {
    RowScorer scorer = scorer(model, rows.size(), options);
    List<Prediction> predictions = new ArrayList<>(rows.size());
    for (int from = 0; from < rows.size(); from += scorer.slice()) {
      predictions.addAll(scorer.score(rows, from));
    }
    return predictions;
  }
}
