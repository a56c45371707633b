/// Data sets out of formulas, the same on every machine. It depends on the package above alone.
@NullMarked
package dev.backprop.dataset.generator;

import org.jspecify.annotations.NullMarked;
