/// Losses: what an answer is compared with, the loss's value, and the error that training sends
/// back.
///
/// Start with `Loss`; the error's way into the model is `org.mlgenn.parts.ErrorSignal`.
@NullMarked
package org.mlgenn.losses;

import org.jspecify.annotations.NullMarked;
