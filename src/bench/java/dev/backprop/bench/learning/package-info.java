/// Learning problems, trained by a started server over HTTP and, on the same rows, by scikit-learn
/// and PyTorch.
@NullMarked
package dev.backprop.bench.learning;

import org.jspecify.annotations.NullMarked;
