/// Numbers that other programs computed, to compare with. Each file stands in the resources beside
/// the script that made it.
@NullMarked
package dev.backprop.golden;

import org.jspecify.annotations.NullMarked;
