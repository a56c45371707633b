/// The server as a caller sees it: one that runs, spoken to over HTTP and in no other way.
@NullMarked
package dev.backprop.e2e;

import org.jspecify.annotations.NullMarked;
