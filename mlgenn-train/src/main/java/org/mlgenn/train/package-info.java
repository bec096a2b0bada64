/// Training and evaluation: takes a `CompiledNetwork` and data, runs its trials batch by batch, and
/// reports losses, metrics and what callbacks recorded.
///
/// Start with `Trainer`; a network that only answers is run by an `Evaluator`. Callbacks are in
/// `org.mlgenn.train.callbacks`, what makes training go on after an interruption in
/// `org.mlgenn.train.checkpoints`.
@NullMarked
package org.mlgenn.train;

import org.jspecify.annotations.NullMarked;
