package dev.backprop.dataset;

/// Texts of the OpenAPI document.
final class DatasetExamples {

  private DatasetExamples() {}

  static final String DESCRIPTION =
      """
      Takes a table as CSV, ARFF, JSON or a file of a form, and keeps it.

      **CSV** has a header; a first record of nothing but numbers is data, and the columns are called
      `c1`, `c2`, …. The delimiter is found in the first lines among `,` `;` `|` and tab. A column is
      one of numbers if every cell of its first 1,000 rows that is not missing is a finite 32-bit
      number, else one of categories. Empty cells, `?`, `NA`, `NaN` and `null` are missing. Empty
      lines are skipped, spaces around fields without quotes are cut off, lines end with LF, CR LF or
      CR. **ARFF** has the types in its header, which `types` overrides; sparse rows are read, dates
      and weights of rows are not. What is found out about a file can be said by a parameter instead.

      Text is UTF-8 unless a byte order mark, the charset of the Content-Type or `encoding` says
      otherwise. A file may be packed by gzip: with `Content-Encoding: gzip`, or in a form under a
      name that ends in `.gz`. `backprop.datasets.max-upload` holds for what it unpacks to, and
      beyond 16 MB that may be no more than `backprop.datasets.max-gzip-ratio` times its size.

      A file with bad rows is refused with their lines and columns. With `onBadRows=skip` it is
      taken without them; `rejected` has their number and the first of them, here and in the data
      set later on. A quote that is not closed and bytes that are not of the encoding are errors of
      the whole file, as is one without a good row. A text among the first 1,000 rows makes a column
      one of categories and no row a bad one: say `types=column:number` where it does not belong.

      JSON is `inputs` with `targets`, or `rows`, or a `generator`.""";

  static final String DATASET =
      """
      {"id": "ds_01kbe3g6v4h8w2m5q9x7c1d0zr", "name": "iris", "rows": 150, "bytes": 1250,
       "sha256": "9f2c1d3a…", "createdAt": "2026-11-24T21:00:00Z",
       "columns": [
         {"name": "petal_length", "type": "number", "missing": 0,
          "min": 1.0, "max": 6.9, "mean": 3.758, "standardDeviation": 1.7594},
         {"name": "species", "type": "category", "missing": 0,
          "categories": [{"value": "setosa", "count": 50}, {"value": "versicolor", "count": 50},
                         {"value": "virginica", "count": 50}]}]}""";

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

  static final String ARFF =
      """
      @relation weather
      @attribute humidity numeric
      @attribute outlook {sunny, rainy}
      @data
      70, sunny
      ?, rainy
      """;

  static final String PAGE = "{\"data\": [" + DATASET + "], \"next\": null}";
}
