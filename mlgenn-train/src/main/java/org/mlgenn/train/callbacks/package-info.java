/// Callbacks that come with the toolkit: progress bars, recorders, checkpoints, schedules.
///
/// Each implements `org.mlgenn.train.TrainingCallback`, as your own do.
@NullMarked
package org.mlgenn.train.callbacks;

import org.jspecify.annotations.NullMarked;
