package dev.backprop.inference;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activations;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.dataset.EncodedRow;
import dev.backprop.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// Runs rows through a model. Needs no lock: a model never changes.
@Component
class Predictor {

  /// Rows that go through the network together.
  private static final int BATCH = 256;

  /// Numbers that a request keeps at once, about: 16 MB, so that a wide network takes fewer rows.
  private static final int ROOM = 4_000_000;

  /// A row with more errors has something wrong with the whole of it.
  private static final int ERRORS = 5;

  private final Products products;

  Predictor(Products products) {
    this.products = products;
  }

  /// A prediction for each row, an error in place of the bad ones.
  PredictResponse predict(Model model, PredictRequest request) {
    RowReader reader = new RowReader(model.preprocessor());
    RawRows rows = request.given();
    Network network = new Network(model.parameters(), products);
    int batch = Math.min(rowsAtOnce(network.spec()), request.size());
    Matrix x = new Matrix(batch, network.spec().inputs());
    Activations room = new Activations(network.spec(), batch);
    List<Prediction> predictions = new ArrayList<>(request.size());
    for (int from = 0; from < request.size(); from += batch) {
      int count = Math.min(batch, request.size() - from);
      List<EncodedRow> encoded = new ArrayList<>(count);
      for (int row = 0; row < count; row++) {
        encoded.add(reader.encode(rows, from + row, x.values(), x.offset(row)));
      }
      Matrix outputs = network.forward(x.rows(0, count), room);
      for (int row = 0; row < count; row++) {
        predictions.add(prediction(model, outputs, row, encoded.get(row)));
      }
    }
    return new PredictResponse(model.name(), model.version(), predictions);
  }

  private static int rowsAtOnce(NetworkSpec network) {
    long numbers = network.inputs() + network.layers().stream().mapToLong(LayerSpec::units).sum();
    return Math.clamp(ROOM / numbers, 1, BATCH);
  }

  private static Prediction prediction(Model model, Matrix outputs, int row, EncodedRow encoded) {
    Loss loss = Objects.requireNonNull(Objects.requireNonNull(model.spec().training()).loss());
    return encoded.isValid()
        ? Prediction.of(model.preprocessor().target(), loss, outputs, row, encoded)
        : Prediction.refused(message(encoded.errors()));
  }

  private static String message(List<String> errors) {
    return errors.size() <= ERRORS
        ? String.join("; ", errors)
        : String.join("; ", errors.subList(0, ERRORS))
            + "; and %d more".formatted(errors.size() - ERRORS);
  }
}
