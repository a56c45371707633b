/// Predictions: raw rows in, labels with probabilities or values out, from immutable models and
/// without a lock. It does not depend on the package below, where another protocol asks the same
/// [Predictor].
@NullMarked
package dev.backprop.inference;

import org.jspecify.annotations.NullMarked;
