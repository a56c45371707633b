/// From what callers send to data sets: readers of CSV, ARFF, newline-delimited JSON, Parquet and
/// JSON tables, the types that they infer, and the factory in front of them. It depends on the
/// package above and on `generator`, which a request may ask for in place of rows.
@NullMarked
package dev.backprop.dataset.intake;

import org.jspecify.annotations.NullMarked;
