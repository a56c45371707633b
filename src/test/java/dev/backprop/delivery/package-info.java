/// Tests of what is delivered: the container image, started and called as its users do.
@NullMarked
package dev.backprop.delivery;

import org.jspecify.annotations.NullMarked;
