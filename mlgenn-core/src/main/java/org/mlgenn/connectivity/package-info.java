/// Connectivity: which neurons a connection joins, and with which weights.
///
/// Start with `Dense`; to write one of your own, implement `Connectivity`.
@NullMarked
package org.mlgenn.connectivity;

import org.jspecify.annotations.NullMarked;
