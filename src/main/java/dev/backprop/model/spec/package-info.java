/// The settings of a training as callers write them. A request may leave out all but the data set;
/// the server fills in every default and gives the same records back, so that what a job shows
/// under `spec` can be posted again. They are also how a model describes what it was made from.
@NullMarked
package dev.backprop.model.spec;

import org.jspecify.annotations.NullMarked;
