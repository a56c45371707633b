/// Models as source: one file in Java, JavaScript, Python or C that scores raw rows with nothing
/// beside it. The code is a template for each language, which shows the forward pass as a textbook
/// does; a [ScoringPlan] fills in the columns, the layers and the numbers. Texts of callers stand
/// in it as string literals alone, whose quoting is the affair of each language.
@NullMarked
package dev.backprop.inference.scorer;

import org.jspecify.annotations.NullMarked;
