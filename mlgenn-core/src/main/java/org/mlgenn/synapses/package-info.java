/// Synapses: how the weights of arriving spikes become the current of a neuron.
///
/// Start with `Exponential`; to write one of your own, implement `Synapse`.
@NullMarked
package org.mlgenn.synapses;

import org.jspecify.annotations.NullMarked;
