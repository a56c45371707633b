/// What happens to a job, as numbered events: the log that is the truth of a job, of which the loss
/// curve, the pages of events and the live streams are views. It knows nothing of jobs themselves;
/// the job service writes to it.
@NullMarked
package dev.backprop.job.event;

import org.jspecify.annotations.NullMarked;
