/// Requests that a caller may repeat without doing twice what they ask for: `Idempotency-Key` by
/// draft-ietf-httpapi-idempotency-key-header-07, for every operation marked as
/// [dev.backprop.http.Idempotent].
@NullMarked
package dev.backprop.http.idempotency;

import org.jspecify.annotations.NullMarked;
