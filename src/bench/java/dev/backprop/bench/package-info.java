/// Benchmarks: `./mvnw -Pbench test-compile exec:exec -Dbench=PATTERN`. `docs/benchmarks.md` has
/// what was measured.
@NullMarked
package dev.backprop.bench;

import org.jspecify.annotations.NullMarked;
