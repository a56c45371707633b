package dev.backprop.http.idempotency;

/// What makes two requests the same.
///
/// @param head digest of the method, the address with its query, and how the body is written
/// @param length of the body, or of the parts of a form
/// @param body its digest
record Fingerprint(String head, long length, String body) {}
