package dev.backprop.dataset.intake;

import dev.backprop.dataset.RejectedRows;
import org.jspecify.annotations.Nullable;

/// What a file has.
///
/// @param name that the file itself gives, null if it gives none
/// @param rejected the rows that were left out, null if none was
record FileTable(@Nullable String name, Table table, @Nullable RejectedRows rejected) {}
