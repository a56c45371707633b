package dev.backprop.inference;

import dev.backprop.dataset.preprocessing.EncodedRow;
import dev.backprop.dataset.preprocessing.NumberRowEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import org.jspecify.annotations.Nullable;

/// Encodes the rows of a tensor that has a number for each feature. One use, one thread.
///
/// Answers in tensors have no place for flags, so that rows out of the training range need no
/// words: most rows go through [NumberRowEncoder].
final class TensorRowReader {

  private final RowReader reader;
  private final @Nullable NumberRowEncoder encoder;
  private final float[] numbers;
  private final RawRows single = new RawRows();

  TensorRowReader(Preprocessor preprocessor, RowReader reader) {
    this.reader = reader;
    encoder = preprocessor.numberRowEncoder().orElse(null);
    numbers = new float[preprocessor.features().size()];
  }

  /// Encodes one row.
  ///
  /// @param out takes the inputs of the network from `offset` on
  EncodedRow encode(RawRows.Numbers tensor, int row, float[] out, int offset) {
    if (encoder != null) {
      tensor.copy(row * numbers.length, numbers.length, numbers, 0);
      if (encoder.encode(numbers, out, offset)) {
        return EncodedRow.CLEAN;
      }
    }
    single.clear();
    single.addNumbers(tensor, row * numbers.length, numbers.length);
    single.endRow(null, null);
    return reader.encode(single, 0, out, offset);
  }
}
