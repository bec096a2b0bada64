package org.mlgenn.synapses;

import java.util.List;
import java.util.Optional;
import org.genn.engine.model.Postsynapse;
import org.mlgenn.parts.SynapseAdjoint;

/// How the weights of arriving spikes, summed in `inSyn`, become the current `Isyn` of a neuron.
///
/// Implementations are immutable and print everything that decides what they do (as records do).
public interface Synapse {
  /// Kind of synapse, for messages.
  default String name() {
    return getClass().getSimpleName();
  }

  /// The engine's model of it.
  ///
  /// @param dt duration of a timestep (ms)
  Postsynapse postsynapse(double dt);

  /// Whether input of one step is felt in later steps.
  boolean hasMemory();

  /// The synapse's factor of the chain rule; empty for synapses that EventProp cannot train.
  default Optional<SynapseAdjoint> adjoint(double dt) {
    return Optional.empty();
  }

  /// Why it cannot be used with a number of target neurons, one message each.
  default List<String> problems(int targets) {
    return List.of();
  }
}
