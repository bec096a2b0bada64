package org.mlgenn.cli.commands;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mlgenn.cli.SimulatedNetwork;

/// What came of a simulation.
///
/// @param measuredSteps fewer than were wanted after Ctrl-C
/// @param modelBytes of its arrays
/// @param peakBytes the most memory that the process has held
record SimulationResult(
    String name,
    SimulatedNetwork network,
    SimulationRun.Duration duration,
    long measuredSteps,
    boolean isInterrupted,
    String backend,
    int threads,
    Times times,
    long modelBytes,
    long peakBytes,
    Map<SimulatedNetwork.Population, SpikeStatistics> spikes) {

  SimulationResult {
    spikes = Collections.unmodifiableMap(new LinkedHashMap<>(spikes));
  }

  /// Where the time went (s).
  ///
  /// @param kernels compiling them, or loading them from the cache
  /// @param initialise making synapses and initial values
  /// @param build from the description to a simulation that can run, `kernels` and `initialise`
  ///   included
  /// @param run steps that are measured
  /// @param read reading and counting their spikes
  record Times(
      double kernels,
      boolean isFromCache,
      double initialise,
      double build,
      double run,
      double read) {}

  /// What was measured, in biological time (s).
  double seconds() {
    return duration.seconds(measuredSteps);
  }

  /// Seconds that a biological second takes.
  double realTimeFactor() {
    return measuredSteps == 0 ? Double.NaN : times.run / seconds();
  }

  double rate(SimulatedNetwork.Population population) {
    return spikes.get(population).rate(seconds());
  }

  /// Deliveries of a spike to a synapse per biological second, from mean numbers of synapses.
  double synapticEventsPerSecond() {
    double sum = 0;
    for (var group : network.model().synapseGroups()) {
      long synapses = network.synapses().getOrDefault(group.name(), 0L);
      for (var population : network.populations()) {
        if (population.group().equals(group.source())) {
          sum += rate(population) * synapses;
        }
      }
    }
    return sum;
  }
}
