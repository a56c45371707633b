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
    return new RowScorer(model, products, rows);
  }

  /// A prediction for each row, an error in place of the bad ones.
  PredictResponse predict(Model model, PredictRequest request) {
    return new PredictResponse(model.name(), model.version(), score(model, request.given()));
  }

  /// A prediction for each row, an error in place of the bad ones.
  public List<Prediction> score(Model model, RawRows rows) {
    RowScorer scorer = scorer(model, rows.size());
    List<Prediction> predictions = new ArrayList<>(rows.size());
    for (int from = 0; from < rows.size(); from += scorer.slice()) {
      predictions.addAll(scorer.score(rows, from));
    }
    return predictions;
  }
}
