/// The same trainings by this project and by others, side by side: `docs/performance.md`.
@NullMarked
package dev.backprop.bench.peers;

import org.jspecify.annotations.NullMarked;
