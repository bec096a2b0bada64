/// Data sets of spikes: what goes into a network and what it is compared with.
///
/// Spikes become integer steps once, when a data set is made; from there on nothing looks at
/// floating-point spike times again. Start with [SpikeTrain] (the input of one example) and
/// [SpikeDataset] (many examples with their targets); a trainer sees both through [Examples].
@NullMarked
package org.mlgenn.data;

import org.jspecify.annotations.NullMarked;
