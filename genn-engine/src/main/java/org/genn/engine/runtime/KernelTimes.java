package org.genn.engine.runtime;

import java.util.Map;

/// Seconds that kernels took since the simulation was opened. All zero unless
/// `RuntimeSettings.isTimed`.
///
/// @param steps by phases of the runs, such as `FORWARD`; of a model that is run step by step
///   `FORWARD` is what neurons do, and what synapses do is under `SYNAPSE_DYNAMICS`, `PRESYNAPTIC`
///   and `POSTSYNAPTIC`
/// @param customUpdates by custom update group, launched from outside or by a trial's schedule
/// @param trialStart what trials do before their first run
/// @param initialise making connections and setting initial values; measured always
/// @param connect what of `initialise` connections and the values of stored synapses took
/// @param build printing and compiling kernels, or loading them from the cache; measured always
public record KernelTimes(
    Map<String, Double> steps,
    Map<String, CustomUpdateTimes> customUpdates,
    double trialStart,
    double initialise,
    double connect,
    double build) {

  public KernelTimes {
    steps = Map.copyOf(steps);
    customUpdates = Map.copyOf(customUpdates);
  }
}
