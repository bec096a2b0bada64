package org.genn.engine.model;

/// Which neurons a synapse group connects, and how that is stored.
public sealed interface Connectivity {

  /// All sources with all targets, each synapse with values of its own; variables are `source ×
  /// target` matrices.
  record Dense() implements Connectivity {}

  /// All sources with all targets; values of synapses are computed by their initialisers whenever
  /// they are needed, and stored nowhere.
  ///
  /// Initialisers may draw random numbers, which GeNN refuses: its generators move on with each
  /// draw, so that a weight would be another one at each spike. Here the numbers of a synapse
  /// follow from the seed, its source and its target, so that its values are those that `Dense`
  /// would store.
  record DenseProcedural() implements Connectivity {}

  /// Connections and values of synapses are made by code whenever a source spikes, and stored
  /// nowhere: always the same ones, those that `Sparse` would store.
  record Procedural(BuiltSynapses synapses) implements Connectivity {}

  /// Connections are made by code whenever a source spikes; synapses share the values of a kernel.
  record ProceduralKernel(BuiltSynapses synapses) implements Connectivity {}

  /// Connections with the structure of a (doubly blocked) Toeplitz matrix, as convolutions have
  /// them, found when a source spikes; synapses share the values of a kernel.
  record Toeplitz(BuiltSynapses synapses) implements Connectivity {}

  /// The synapses of another group between populations of the same sizes, together with their
  /// values and their model: nothing is stored twice, and what one group learns the other uses.
  /// What the model keeps for neurons, delays and the postsynaptic model are the group's own.
  ///
  /// @param group an earlier synapse group of the model, which shares nobody's
  record Shared(String group) implements Connectivity {}

  /// A bit per pair of source and target; variables are `source × target` matrices.
  record Bitmask(SynapsePattern pattern) implements Connectivity {
    /// Synapses from `sources[k]` to `targets[k]`.
    public static Bitmask of(int[] sources, int[] targets) {
      return new Bitmask(SynapsePairs.of(sources, targets));
    }
  }

  /// Some sources with some targets: per source a row of targets, and beside it a row of values per
  /// variable. A pair may occur more than once.
  ///
  /// Rows are in ascending order of targets, equal ones in the order in which they were given.
  /// Where a group has custom connectivity updates, its rows are as in GeNN: pairs that are given
  /// are sorted, rows that code makes have the order in which it adds synapses, and updates move
  /// synapses as `CustomConnectivityUpdateModel` says.
  ///
  /// @param narrowIndices whether targets are stored in as few bytes as their number allows (1, 2
  ///   or 4)
  record Sparse(SynapsePattern pattern, boolean narrowIndices) implements Connectivity {
    public Sparse(SynapsePattern pattern) {
      this(pattern, false);
    }

    /// Synapses from `sources[k]` to `targets[k]`. Values of variables are given in the same order.
    public static Sparse of(int[] sources, int[] targets) {
      return new Sparse(SynapsePairs.of(sources, targets));
    }

    /// Gives each source room for `count` synapses, so that updates can add some. There must be
    /// enough for those that there are from the start.
    public Sparse maxConnections(int count) {
      return new Sparse(pattern.maxRowLength(count), narrowIndices);
    }

    /// Gives each target room for `count` synapses. There must be enough for those that there are.
    public Sparse maxSourceConnections(int count) {
      return new Sparse(pattern.maxColumnLength(count), narrowIndices);
    }

    public Sparse narrowIndices(boolean isNarrow) {
      return new Sparse(pattern, isNarrow);
    }
  }
}
