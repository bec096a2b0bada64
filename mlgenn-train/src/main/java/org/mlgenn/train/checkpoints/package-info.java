/// Checkpoints: files from which a training that was stopped goes on as if it had not been.
///
/// `TrainingState` is what one holds, `Checkpoints` reads and writes them.
@NullMarked
package org.mlgenn.train.checkpoints;

import org.jspecify.annotations.NullMarked;
