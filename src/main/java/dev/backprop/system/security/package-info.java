/// Who may call the server: API keys, the names it answers for, and a start that is refused where
/// it would be open to a network by oversight.
@NullMarked
package dev.backprop.system.security;

import org.jspecify.annotations.NullMarked;
