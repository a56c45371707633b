/// What a person sees in a browser.
@NullMarked
package dev.backprop.browser;

import org.jspecify.annotations.NullMarked;
