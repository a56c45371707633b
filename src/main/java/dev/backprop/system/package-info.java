/// The wiring: executors, clock, JSON, security, the OpenAPI document and what the operator of the
/// server sees.
@NullMarked
package dev.backprop.system;

import org.jspecify.annotations.NullMarked;
