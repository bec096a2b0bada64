package org.genn.engine.runtime;

import java.util.Map;

/// Seconds that kernels took since the simulation was opened. All zero unless
/// `RuntimeSettings.isTimed`.
///
/// @param steps by phases of the runs, such as `FORWARD`; of a model that is run step by step
///   `FORWARD` is what neurons do, and what synapses do is under `SYNAPSE_DYNAMICS`, `PRESYNAPTIC`
///   and `POSTSYNAPTIC`
/// @param customUpdates by custom update group, launched from outside or by a trial's schedule
/// @param customUpdateHosts host code of custom connectivity updates, by group
/// @param customUpdateRemaps what the runtime does after custom connectivity updates, by group
/// @param trialStart what trials do before their first run
/// @param initialise setting initial values; measured always
/// @param build printing and compiling kernels, or loading them from the cache; measured always
public record KernelTimes(
    Map<String, Double> steps,
    Map<String, Double> customUpdates,
    Map<String, Double> customUpdateHosts,
    Map<String, Double> customUpdateRemaps,
    double trialStart,
    double initialise,
    double build) {

  public KernelTimes {
    steps = Map.copyOf(steps);
    customUpdates = Map.copyOf(customUpdates);
    customUpdateHosts = Map.copyOf(customUpdateHosts);
    customUpdateRemaps = Map.copyOf(customUpdateRemaps);
  }
}
