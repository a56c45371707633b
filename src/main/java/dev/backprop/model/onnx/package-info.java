/// Models as ONNX files: out with all that a prediction needs, from raw columns to labels; in as
/// far as they are dense networks. It depends on the package above alone.
@NullMarked
package dev.backprop.model.onnx;

import org.jspecify.annotations.NullMarked;
