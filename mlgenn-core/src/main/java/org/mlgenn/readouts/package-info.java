/// Readouts: what a network answers at the end of an example, and how that answer depends on the
/// activity of the output neurons.
///
/// Start with `Readout`; each implementation is one file.
@NullMarked
package org.mlgenn.readouts;

import org.jspecify.annotations.NullMarked;
