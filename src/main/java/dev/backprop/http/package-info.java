/// What lists have in common over HTTP: pages, their limits and cursors, and the `Link` header.
@NullMarked
package dev.backprop.http;

import org.jspecify.annotations.NullMarked;
