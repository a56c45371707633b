/// One vocabulary of failure: what can go wrong has a type with a page, a status and a remedy,
/// travels as one exception, and leaves the server as an RFC 9457 problem.
@NullMarked
package dev.backprop.problem;

import org.jspecify.annotations.NullMarked;
