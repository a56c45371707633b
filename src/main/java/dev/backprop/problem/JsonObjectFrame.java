package dev.backprop.problem;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamContext;

/// An object whose fields are being bound.
///
/// @param pointer the place of the object
/// @param parser where its fields come from: the request, or a buffer where Jackson had to look
///   ahead for the type
/// @param typeField the field that names the variant, absent where there are no variants
/// @param fields the parser's own account of the object, absent once it is past the last field
public record JsonObjectFrame(
    String pointer,
    JsonParser parser,
    @Nullable String typeField,
    @Nullable TokenStreamContext fields) {}
