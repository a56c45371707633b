/// ONNX over HTTP: the form of an export, and files of dense networks on their way in. What reads
/// and writes them is in `model.onnx`.
@NullMarked
package dev.backprop.inference.onnx;

import org.jspecify.annotations.NullMarked;
