package dev.backprop.inference.protocol;

import dev.backprop.inference.RawRows;

/// A tensor of a request, complete and of the shape and datatype that it says.
///
/// @param rows its first dimension
/// @param columns the second, 1 where there is none
record InputTensor(String name, Datatype datatype, int rows, int columns, Elements elements) {

  /// Adds an element to the row that is being read.
  ///
  /// @param category whether the feature is one, so that truth values are words
  void addTo(RawRows rows, int index, boolean category) {
    String text = elements.text(index);
    if (text != null) {
      rows.addText(text);
      return;
    }
    float number = elements.number(index);
    if (datatype == Datatype.BOOL && category) {
      rows.addText(number == 0 ? "false" : "true");
    } else {
      rows.addNumber(number);
    }
  }
}
