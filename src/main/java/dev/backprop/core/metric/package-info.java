/// How good outputs are beside their targets, in numbers that people know.
///
/// A [Scoring] says what makes an output right or wrong, and makes a [Tally], which hears of the
/// batches of an epoch as they pass. The loss is not here: it is what a training minimizes. A
/// [Calibration] says how far the outputs of the end can be trusted.
@NullMarked
package dev.backprop.core.metric;

import org.jspecify.annotations.NullMarked;
