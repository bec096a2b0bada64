package org.genn.engine.runtime;

import org.genn.engine.backend.Pace;
import org.genn.engine.kernel.LoweringSettings;
import org.genn.engine.kernel.Partition;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.ModelValidator;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.SynapsePairs;

/// Decides how many parts a model is divided into.
///
/// Examples are the better way to share work, since nothing has to wait for anything: parts are for
/// batches with fewer examples (or slices) than there are threads, and for models whose steps take
/// long against the time that threads need to meet.
final class PartCount {
  /// Work that makes a part worthwhile (ns): meeting takes 0.3 µs, and data that moves between
  /// caches another 1 to 2. Two parts of 4 µs take 6 µs, one after the other they take 8.
  static final double LEAST_WORK = 4_000;

  /// Spikes per neuron and second that are counted on; nobody knows them before.
  private static final double RATE = 10;

  /// System property that replaces the number in settings that leave it open.
  private static final String PROPERTY = "mlgenn.parts";

  private PartCount() {}

  static int of(ModelSpec spec, RuntimeSettings settings, Pace pace) {
    if (settings.parts() > 0) {
      return settings.parts();
    }
    int preset = Integer.getInteger(PROPERTY, 0);
    if (preset > 0) {
      return preset;
    }
    int threads = settings.threadCount();
    int slices = new LoweringSettings().slices(settings.slices()).slicesOf(spec.batchSize());
    if (slices >= threads) {
      return 1;
    }
    // What is wrong with the model is told before anything is looked up by a name in it.
    ModelValidator.check(spec);
    int most = Math.min(threads, Partition.MAX_PARTS);
    double worthwhile = spec.batchSize() * work(spec, pace) / LEAST_WORK;
    return worthwhile < 2 || worthwhile < slices ? 1 : (int) Math.min(most, worthwhile);
  }

  /// What a step of one example may take (ns).
  static double work(ModelSpec spec, Pace pace) {
    double work = 0;
    for (NeuronGroup group : spec.neuronGroups()) {
      work += pace.nanosPerNeuron() * group.size();
    }
    for (SynapseGroup group : spec.synapseGroups()) {
      boolean visitsAll = !group.weightUpdate().model().dynamicsCode().isBlank();
      double visited = visitsAll ? 1 : Math.min(1, RATE * spec.dt() / 1000);
      int sources = spec.neuronGroup(group.source()).size();
      int targets = spec.neuronGroup(group.target()).size();
      work +=
          pace.nanosPerSynapse() * visited * synapses(spec, group.connectivity(), sources, targets);
    }
    return work;
  }

  private static double synapses(
      ModelSpec spec, Connectivity connectivity, int sources, int targets) {
    return switch (connectivity) {
      case Connectivity.Dense _, Connectivity.DenseProcedural _, Connectivity.Bitmask _ ->
          (double) sources * targets;
      case Connectivity.Sparse(SynapsePairs pairs, _) -> pairs.size();
      case Connectivity.Sparse(BuiltSynapses built, _) -> synapses(built, sources, targets);
      case Connectivity.Procedural(var built) -> synapses(built, sources, targets);
      case Connectivity.ProceduralKernel(var built) -> synapses(built, sources, targets);
      case Connectivity.Shared(String owner) ->
          synapses(spec, spec.synapseGroup(owner).connectivity(), sources, targets);
      case Connectivity.Toeplitz(var built) -> synapses(built, sources, targets);
    };
  }

  private static double synapses(BuiltSynapses built, int sources, int targets) {
    return (double) sources * built.maxRowLength(sources, targets);
  }
}
