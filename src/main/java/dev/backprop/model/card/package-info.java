/// Model cards: what a version was made for and from, how good it is and where it ends, in numbers
/// that are there already. What a card says is in its blocks, in plain text; writers make Markdown
/// or HTML of them and escape all of it.
@NullMarked
package dev.backprop.model.card;

import org.jspecify.annotations.NullMarked;
