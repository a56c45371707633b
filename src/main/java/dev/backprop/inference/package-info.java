/// Predictions: raw rows in, labels with probabilities or values out, from immutable models and
/// without a lock.
@NullMarked
package dev.backprop.inference;

import org.jspecify.annotations.NullMarked;
