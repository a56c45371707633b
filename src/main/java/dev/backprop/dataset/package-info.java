/// Intake of data: readers of CSV and JSON, generators, column types and statistics, the
/// preprocessing fitted on training rows, and the repository of immutable data sets.
@NullMarked
package dev.backprop.dataset;

import org.jspecify.annotations.NullMarked;
