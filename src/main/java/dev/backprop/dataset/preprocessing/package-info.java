/// From data sets to the numbers that networks see, and back: the rows to train with and those held
/// out, and encoders of features and targets, fitted on the former and then immutable. It depends
/// on the package above alone.
@NullMarked
package dev.backprop.dataset.preprocessing;

import org.jspecify.annotations.NullMarked;
