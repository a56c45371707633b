/// Training: gradients become steps, steps become epochs, and something ends them.
///
/// [Trainer] runs the tutorial's loop. Settings are records, [TrainingSpec] and what it is made of;
/// what changes lives in objects made from them, such as [OptimizerState]. There is no clock and no
/// thread here: whoever trains passes a [TrainingMonitor], which is asked before every mini-batch
/// whether to go on. Most optimizers are told a gradient, [GradientState]; one searches the
/// [Objective] itself.
@NullMarked
package dev.backprop.core.train;

import org.jspecify.annotations.NullMarked;
