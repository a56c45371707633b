/// Immutable data sets: columns of numbers and categories, their statistics and profiles, and the
/// repository that keeps them. What makes, prepares and shows them is in the packages below, which
/// depend on this one; it depends on none of them.
@NullMarked
package dev.backprop.dataset;

import org.jspecify.annotations.NullMarked;
