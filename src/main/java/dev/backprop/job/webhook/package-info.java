/// Tells a caller's server that a job has ended, as [Standard
/// Webhooks](https://www.standardwebhooks.com) has it: signed, repeated where it fails, and only to
/// hosts that the operator allows.
@NullMarked
package dev.backprop.job.webhook;

import org.jspecify.annotations.NullMarked;
