/// The asynchronous job service: a request becomes a resolved spec, waits in a bounded queue,
/// trains in a bounded pool of platform threads, and ends as a model with a loss history.
@NullMarked
package dev.backprop.job;

import org.jspecify.annotations.NullMarked;
