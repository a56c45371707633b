package dev.backprop.inference.protocol;

import java.util.List;

/// A tensor in the metadata of a model.
///
/// @param shape any number of rows, and so many columns
record TensorMetadata(String name, String datatype, List<Integer> shape) {

  static TensorMetadata of(String name, Datatype datatype, int columns) {
    return new TensorMetadata(name, datatype.name(), List.of(-1, columns));
  }
}
