/// Dense linear algebra in 32-bit floats on the heap. A [Matrix] is a view of rows in a flat array;
/// [Products] prepares a [Product] once, cut into tiles by a [Blas], and it is computed as often as
/// the numbers change. The Blas is OpenBLAS where its library loads, plain Java elsewhere;
/// [BlasProvider] decides once and says why.
///
/// A result depends on the shapes and the numbers alone, never on timing or on the number of
/// threads. These come through [Workers]: nothing here starts one.
@NullMarked
package dev.backprop.core.linalg;

import org.jspecify.annotations.NullMarked;
