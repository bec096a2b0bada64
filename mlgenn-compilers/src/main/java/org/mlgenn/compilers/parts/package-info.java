/// What compilers share: merging the contributions of several parties into one engine model, and
/// updates that reset state.
///
/// Start with `NeuronAssembly`.
@NullMarked
package org.mlgenn.compilers.parts;

import org.jspecify.annotations.NullMarked;
