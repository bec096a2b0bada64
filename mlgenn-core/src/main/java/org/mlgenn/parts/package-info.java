/// The pieces that engine models are composed of: what a neuron, a synapse, a readout and a loss
/// contribute, and the factors of the chain rule that they add when a network is trained.
///
/// Start with `Contribution`; for training continue with `ErrorSignal`, `Sensitivity` and
/// `AdjointDynamics`: none of the three parties (loss, readout, neuron) knows the others.
@NullMarked
package org.mlgenn.parts;

import org.jspecify.annotations.NullMarked;
