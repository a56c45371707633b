/// The model file: a model as bytes that outlive the server that made it. A zip of JSON and raw
/// floats in one layout, described in `docs/model-file.md`, with rows to test it by and a hash of
/// each part; it has no code and no name of a class. What is imported is checked wholly before the
/// model exists.
@NullMarked
package dev.backprop.inference.file;

import org.jspecify.annotations.NullMarked;
