package dev.backprop.model;

import org.jspecify.annotations.Nullable;

/// What an alias of a model is to be.
///
/// @param model its name
/// @param alias the name of the alias
/// @param version that it points at
/// @param gate what versions have to reach, or null
public record AliasChange(String model, String alias, int version, @Nullable Gate gate) {}
