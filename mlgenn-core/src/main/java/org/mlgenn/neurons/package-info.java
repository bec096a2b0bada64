/// Neurons: what the elements of a population do in a timestep.
///
/// Each is a record whose optional properties are set by methods that return a copy. Start with
/// `LeakyIntegrateFire`; to write one of your own, implement `Neuron`.
@NullMarked
package org.mlgenn.neurons;

import org.jspecify.annotations.NullMarked;
