/// JSON, read strictly: one mapper for every path, and a converter that finds all that is wrong
/// with the form of a request at once.
@NullMarked
package dev.backprop.system.json;

import org.jspecify.annotations.NullMarked;
