package dev.backprop.dataset.web;

/// Texts of the OpenAPI document.
final class DatasetExamples {

  private DatasetExamples() {}

  static final String DESCRIPTION =
      """
      Takes a table as CSV, ARFF, newline-delimited JSON, Parquet, JSON or a file of a form, and keeps it.

      **CSV** has a header; a first record of nothing but numbers is data, and the columns are called
      `c1`, `c2`, …. The delimiter is found in the first lines among `,` `;` `|` and tab. Empty cells, `?`, `NA`, `NaN` and `null` are missing. Empty
      lines are skipped, spaces around fields without quotes are cut off, lines end with LF, CR LF or
      CR. **ARFF** has the types in its header, which `types` overrides; sparse rows are read, dates
      and weights of rows are not. What is found out about a file can be said by a parameter instead.

      Text is UTF-8 unless a byte order mark, the charset of the Content-Type or `encoding` says
      otherwise. A file may be packed by gzip: with `Content-Encoding: gzip`, or in a form under a
      name that ends in `.gz`. `backprop.datasets.max-upload` holds for what it unpacks to, and
      beyond 16 MB that may be no more than `backprop.datasets.max-gzip-ratio` times its size.

      A file with bad rows is refused with their lines and columns. With `onBadRows=skip` a text file is
      taken without them; `rejected` has their number and the first of them, here and in the data
      set later on. A quote that is not closed and bytes that are not of the encoding are errors of
      the whole file, as is one without a good row. A text among the first 1,000 rows makes a column
      one of categories and no row a bad one: say `types=column:number` where it does not belong.

      The type of a column follows from the cells of its first 1,000 rows that are not missing:

      - `number` if all are finite 32-bit numbers.
      - `boolean` if all are words of one of the pairs true and false, yes and no, t and f, y and n
        in any case, and both of them occur. It is one input of 0 or 1; as a target it makes the two
        classes `false` and `true`. 0 and 1 are numbers.
      - `date` if all are dates of ISO 8601, with a time and a zone or without: `2026-11-25`,
        `2026-11-25T10:30:00+01:00`. It is the number of days since 1970-01-01 UTC as a 32-bit float,
        which is exact to the day, and from 2014 to 2059 to 3 minutes. Rows, statistics and flags
        have dates as text; a model that predicts a date predicts the number of days.
      - `category` otherwise.

      A column of a file that names rows is left out, `ignored` with its `reason`: more than 50 cells of
      which more than 90 % are different texts, or are whole numbers under the name `id` or one
      that ends in `_id`, or count the rows from 0 or 1; or a text of more than 1,000 characters. The
      last column, which is the target by default, is always kept, and so are all of two or less.
      `types` overrules all of this.

      Newline-delimited JSON has an object in each line; the keys of the first are the columns, and
      one left out later, or `null`, is a missing cell. The first value of a column that is not
      missing says what it is a column of: numbers, booleans, dates if it is a text that is one, else
      categories. A first line that is no such object is an error of the whole file.

      Parquet may be without compression or packed with Snappy or gzip. Its columns are booleans, whole and
      floating-point numbers, decimals, texts, dates and timestamps; nested and repeated ones, and
      those of other types, are refused unless `types` leaves them out.

      JSON is `inputs` with `targets`, or `rows`, or a `generator`; `true` and `false` in a column of
      nothing else make it one of booleans.""";

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

  static final String LINES =
      """
      {"weight": 150, "ripe": true, "picked": "2026-09-30", "kind": "apple"}
      {"kind": "cherry", "weight": 12, "ripe": false}
      """;

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

  static final String ARFF =
      """
      @relation weather
      @attribute humidity numeric
      @attribute outlook {sunny, rainy}
      @data
      70, sunny
      ?, rainy
      """;
}
