package dev.backprop.system;

/// Something about this server that its operator wants to know. Each bean of this type is a line
/// under `server` in `/actuator/info` and a part of the log at the start.
///
/// @param name one word, such as `cores`
/// @param value a few words
public record SystemFact(String name, String value) {}
