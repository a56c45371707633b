/// Data sets over HTTP: the controllers, and what callers see of a data set, in JSON and as a
/// picture. It depends on the package above and on `intake`; nothing depends on it.
@NullMarked
package dev.backprop.dataset.web;

import org.jspecify.annotations.NullMarked;
