/// Trained models: versions under a name, their lineage and description, and the repository that
/// keeps them.
@NullMarked
package dev.backprop.model;

import org.jspecify.annotations.NullMarked;
