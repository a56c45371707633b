/// Models leave the server: one address, and a form for each [ExportFormat], which a
/// [ModelExporter] of a package beside this one writes.
@NullMarked
package dev.backprop.inference.export;

import org.jspecify.annotations.NullMarked;
