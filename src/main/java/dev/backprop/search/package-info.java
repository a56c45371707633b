/// Searches for good settings: a space over the fields of a job's spec, a strategy that says which
/// of its points are tried, and the best of them as a model. Each trial is an ordinary job.
@NullMarked
package dev.backprop.search;

import org.jspecify.annotations.NullMarked;
