package org.mlgenn.readouts;

import java.util.Optional;

/// What a readout knows of the population that it reads.
///
/// Code of a readout may use `t` and `dt` [ms] and the parameters `ExampleTime` [ms] and
/// `ExampleTimesteps`.
///
/// @param population its name, for messages
/// @param neuron kind of its neurons, for messages
/// @param outputVariable engine variable that is the output of its neurons, if they have one
/// @param spikes whether its neurons spike
public record ReadoutContext(
    String population, String neuron, Optional<String> outputVariable, boolean spikes) {}
