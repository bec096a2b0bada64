/// Readouts: what a network answers at the end of an example.
///
/// Start with `Readout`.
@NullMarked
package org.mlgenn.readouts;

import org.jspecify.annotations.NullMarked;
