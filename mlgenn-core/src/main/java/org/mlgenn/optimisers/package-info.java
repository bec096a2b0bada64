/// Optimisers: custom updates that move a variable along its gradient.
///
/// Start with `Optimiser`.
@NullMarked
package org.mlgenn.optimisers;

import org.jspecify.annotations.NullMarked;
