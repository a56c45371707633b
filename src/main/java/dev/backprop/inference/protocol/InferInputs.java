package dev.backprop.inference.protocol;

import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.inference.Prediction;
import dev.backprop.inference.RawRows;
import dev.backprop.inference.RowScorer;
import java.util.List;
import java.util.Map;

/// The rows that the tensors of a request hold, in the order of the features.
final class InferInputs {

  private final List<FeatureEncoder> features;
  private final InputTensor[] tensors;
  private final boolean one;

  /// @param tensors one of all features, or one for each by its name
  InferInputs(ModelTensors model, Map<String, InputTensor> tensors) {
    features = model.features();
    InputTensor all = tensors.get(ModelTensors.INPUT);
    one = tensors.size() == 1 && all != null && all.columns() == features.size();
    this.tensors =
        features.stream()
            .map(feature -> one ? all : tensors.get(feature.name()))
            .toArray(InputTensor[]::new);
  }

  /// What the rows are called in messages.
  String describe() {
    return one ? "the tensor '" + ModelTensors.INPUT + "'" : "the tensors";
  }

  /// How many rows there are.
  int rows() {
    return tensors[0].rows();
  }

  /// A prediction for each of some of them, an error in place of the bad ones.
  ///
  /// @param count as many as a slice has at most
  /// @param room for rows that do not lie in one tensor of numbers
  List<Prediction> score(RowScorer scorer, int from, int count, RawRows room) {
    if (one && tensors[0].datatype() != Datatype.BYTES) {
      return scorer.score(tensors[0].elements(), from, count);
    }
    room.clear();
    for (int row = from; row < from + count; row++) {
      addElements(room, row);
      room.endRow(null, null);
    }
    return scorer.score(room, 0);
  }

  private void addElements(RawRows rows, int row) {
    for (int i = 0; i < tensors.length; i++) {
      int index = one ? row * tensors.length + i : row;
      tensors[i].addTo(rows, index, ModelTensors.isCategory(features.get(i)));
    }
  }
}
