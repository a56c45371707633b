/// The OpenAPI document and what Swagger UI shows of it.
@NullMarked
package dev.backprop.system.openapi;

import org.jspecify.annotations.NullMarked;
