/// The kernel IR, and lowering of a `ModelSpec` to it.
///
/// A `Program` is arrays of rows plus kernels; `Lowering` makes one, `IrVerifier` checks it, a back
/// end prints, builds and runs it. Start with `Program`, then `Op`.
@NullMarked
package org.genn.engine.kernel;

import org.jspecify.annotations.NullMarked;
