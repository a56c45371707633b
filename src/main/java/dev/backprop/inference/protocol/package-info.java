/// The Open Inference Protocol: models, their tensors and statistics in its words, and predictions
/// for tensors in JSON or in bytes. It depends on the package above; nothing depends on it.
@NullMarked
package dev.backprop.inference.protocol;

import org.jspecify.annotations.NullMarked;
