/// EventProp training: exact gradients of spiking networks from their spikes alone.
///
/// Turns a `Network` into a `CompiledNetwork` whose model runs each example forward, taping its
/// spikes, and then backward, solving the adjoint system between the taped spikes. Start with
/// `EventPropCompiler`; the three factors of the chain rule, which know nothing of each other, are
/// `ErrorSignal` (loss), `Sensitivity` (readout) and `AdjointDynamics` (neuron) in
/// `org.mlgenn.parts`.
///
/// @see <a href="https://doi.org/10.1038/s41598-021-91786-z">Wunderlich & Pehle (2021), Event-based
///   backpropagation can compute exact gradients for spiking neural networks</a>
@NullMarked
package org.mlgenn.compilers.eventprop;

import org.jspecify.annotations.NullMarked;
