/// What a model is worth: it is measured on data sets that it need not have seen, for whoever asks
/// and for the gates of aliases.
@NullMarked
package dev.backprop.insight;

import org.jspecify.annotations.NullMarked;
