package dev.backprop.dataset;

/// Access to columns that a check has found to be there.
final class Columns {

  private Columns() {}

  static Column require(Dataset data, String name) {
    return data.column(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "data set " + data.id() + " has no column '" + name + "'"));
  }

  static NumberColumn requireNumbers(Dataset data, String name) {
    return switch (require(data, name)) {
      case NumberColumn numbers -> numbers;
      case CategoryColumn _ ->
          throw new IllegalArgumentException("column '" + name + "' has categories, not numbers");
    };
  }
}
