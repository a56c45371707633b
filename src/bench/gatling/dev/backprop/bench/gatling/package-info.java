/// The requests that Gatling sends for `LatencyLoad`, compiled by the `pom.xml` of this source
/// folder and not with the other benchmarks.
@NullMarked
package dev.backprop.bench.gatling;

import org.jspecify.annotations.NullMarked;
