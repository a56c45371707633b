/// The server's entry point. Each feature has a package beside this one; `core` holds the numbers
/// and knows nothing of HTTP or Spring.
@NullMarked
package dev.backprop;

import org.jspecify.annotations.NullMarked;
