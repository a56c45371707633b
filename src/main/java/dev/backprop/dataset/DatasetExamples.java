package dev.backprop.dataset;

/// Texts of the OpenAPI document.
final class DatasetExamples {

  private DatasetExamples() {}

  static final String DESCRIPTION =
      """
      Takes a table as CSV, as JSON or as a file of a form, and keeps it.

      CSV is UTF-8 with a header; a first line of nothing but numbers is data, and the columns are
      called `c1`, `c2`, …. The delimiter is found in the first line among `,` `;` `|` and tab. A
      column is one of numbers if every cell of its first 1,000 rows that is not missing is a
      finite 32-bit number, else one of categories. Empty cells, `?`, `NA`, `NaN` and `null` are
      missing. Empty lines are skipped and spaces around fields without quotes are cut off.

      JSON is `inputs` with `targets`, or `rows`, or a `generator`.""";

  static final String DATASET =
      """
      {"id": "ds_01kbe3g6v4h8w2m5q9x7c1d0zr", "name": "iris", "rows": 150, "bytes": 1250,
       "sha256": "9f2c1d3a…", "createdAt": "2026-11-24T21:00:00Z",
       "columns": [
         {"name": "petal_length", "type": "number", "missing": 0,
          "min": 1.0, "max": 6.9, "mean": 3.758, "standardDeviation": 1.7594, "distinct": 43,
          "q1": 1.6, "median": 4.35, "q3": 5.1,
          "histogram": {"edges": [1.0, 1.59, 2.18, 2.77, 3.36, 3.95, 4.54, 5.13, 5.72, 6.31, 6.9],
                        "counts": [37, 13, 0, 1, 4, 25, 30, 23, 12, 5]},
          "constant": false, "duplicateOf": null},
         {"name": "species", "type": "category", "missing": 0,
          "categories": [{"value": "setosa", "count": 50}, {"value": "versicolor", "count": 50},
                         {"value": "virginica", "count": 50}],
          "distinct": 3, "constant": false, "duplicateOf": null}]}""";

  static final String ARRAYS =
      """
      {"name": "xor", "inputs": [[0, 0], [0, 1], [1, 0], [1, 1]],
       "targets": [[0], [1], [1], [0]]}""";

  static final String ROWS =
      """
      {"name": "fruit", "rows": [{"weight": 150, "kind": "apple"},
                                 {"weight": 12, "kind": "cherry"}]}""";

  static final String GENERATOR =
      """
      {"generator": {"type": "xor", "rows": 400, "noise": 0.1,
                     "seed": 7}}""";

  static final String PAGE_OF_ROWS =
      """
      {"data": [{"x1": 0.0, "x2": 0.0, "y": 0.0}], "next": "0"}""";

  static final String CSV = "x1,x2,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n";

  static final String PAGE =
      """
      {"data": [
        {"id": "ds_01kbe3g6v4h8w2m5q9x7c1d0zr", "name": "iris", "rows": 150, "bytes": 1250,
         "sha256": "9f2c1d3a…", "createdAt": "2026-11-24T21:00:00Z",
         "columns": [
           {"name": "petal_length", "type": "number", "missing": 0,
            "min": 1.0, "max": 6.9, "mean": 3.758, "standardDeviation": 1.7594},
           {"name": "species", "type": "category", "missing": 0,
            "categories": [{"value": "setosa", "count": 50}, {"value": "versicolor", "count": 50},
                           {"value": "virginica", "count": 50}]}]}],
       "next": null}""";

  static final String PICTURE =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 196" width="600" height="196">
      <title>iris: 150 rows × 2 columns</title>…</svg>""";
}
